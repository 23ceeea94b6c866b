// What every journey shares: a page on which no error of the console goes unseen, and ways to do what a person does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Locator, type Page, type TestInfo } from "@playwright/test";

export const PASSWORD = "demonstration-only";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // A page that is meant to be an error is reported by the browser as well.
        if (!/the server responded with a status of 4\d\d/.test(message.text())) errors.push(message.text());
      });
      await use(errors);
      expect(errors, "messages in the console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

// Where the demonstration with two years behind it is served, on the database of the project.
export function story(info: TestInfo): string {
  const site = info.project.name.startsWith("sqlite") ? process.env.KWANUS_SQLITE_STORY : process.env.KWANUS_POSTGRES_STORY;
  return site!;
}

export async function signIn(page: Page, email: string) {
  await page.goto("/sign-in");
  await page.getByLabel("Work email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeAttached();
}

// Nothing scrolls sideways, and axe finds nothing. The policy lets no script in, so axe comes by the debugger, which a page
// without JavaScript does not answer.
export async function expectAccessible(page: Page, look: string, javaScriptEnabled: boolean) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${look}: scrolls sideways`).toBe(0);
  if (!javaScriptEnabled) return;
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

// The same in every look that people have: light and dark, wide and narrow.
export async function expectAccessibleInEveryLook(page: Page, what: string, javaScriptEnabled: boolean) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `${what}, ${colorScheme}, ${width} px`, javaScriptEnabled);
    }
  }
}

// Goes on with the Tab key until the element has the focus, as somebody without a mouse does.
export async function tabTo(page: Page, element: Locator) {
  for (let press = 0; press < 60; press++) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${element} is not reached by the Tab key`);
}
