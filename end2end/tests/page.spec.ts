// Every page, in light and dark, wide and narrow: axe finds nothing, nothing scrolls sideways, no script where none is due.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, signIn, test } from "./base";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages: [string | null, string[]][] = [
  [null, ["/sign-in", "/set-password/none", "/help", "/accessibility", "/privacy", "/nothing-here"]],
  ["sco-4@demo.example", ["/docket", "/partners", "/overview", "/account", "/nothing-here"]],
  ["admin-2@demo.example", ["/docket", "/overview"]],
  ["partner@quayside-lending.demo.example", ["/", "/account", "/docket"]],
];

for (const [who, paths] of pages) {
  test(`the pages of ${who ?? "anybody"} are accessible in every look`, async ({ page, javaScriptEnabled }) => {
    test.setTimeout(180_000);
    if (who) await signIn(page, who);
    for (const path of paths) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1440, 390, 320]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.goto(path);
          const look = `${path} as ${who}, ${colorScheme}, ${width} px`;
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(wide, `${look}: scrolls sideways`).toBe(0);
          // The policy lets no script in, so axe comes by the debugger, which a page without JavaScript does not answer.
          if (!javaScriptEnabled) continue;
          await page.evaluate(axe);
          const found = await page.evaluate(async () => {
            // @ts-expect-error axe was just put there
            const result = await window.axe.run(document, {
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            });
            return result.violations.map((violation: { id: string; nodes: { html: string }[] }) => [violation.id, violation.nodes.map((node) => node.html)]);
          });
          expect(found, look).toEqual([]);
        }
      }
    }
  });
}

test("a form with errors is accessible too", async ({ page, javaScriptEnabled }) => {
  if (!javaScriptEnabled) return;
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Enter your email address", "Enter your password"]);
  await page.evaluate(axe);
  // @ts-expect-error axe was just put there
  const violations = await page.evaluate(async () => (await window.axe.run()).violations.map((violation) => violation.id));
  expect(violations).toEqual([]);
});

test("the menu of a narrow desk opens without a script", async ({ page }) => {
  await signIn(page, "sco-4@demo.example");
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.getByRole("link", { name: "Partners", exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Partners", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Partners");
});

test("pages without islands load no script", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script" || request.url().endsWith(".wasm")) scripts.push(request.url());
  });
  await signIn(page, "sco-4@demo.example");
  for (const path of ["/docket", "/partners", "/overview", "/help"]) await page.goto(path);
  expect(scripts).toEqual([]);
});
