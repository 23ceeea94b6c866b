// Every page, in light and dark, wide and narrow: axe finds nothing, nothing scrolls sideways, no script where none is due.
import { expect, expectAccessibleInEveryLook, signIn, test } from "./base";

const pages: [string | null, string[]][] = [
  [null, ["/sign-in", "/set-password/none", "/help", "/accessibility", "/privacy", "/policy", "/deprecations", "/nothing-here", "/do/sign_in"]],
  ["sco-4@demo.example", ["/docket", "/partners", "/partners/orbit-crm", "/partners/orbit-crm/client-timeline", "/policy", "/overview", "/account", "/inbox", "/nothing-here"]],
  ["sco-4@demo.example", ["/cases", "/cases?state=carried&q=nothing", "/records", "/audit", "/partners/orbit-crm/client-timeline/transitions/maintenance"]],
  ["admin-2@demo.example", ["/docket", "/partners", "/overview", "/account"]],
  [
    "admin-2@demo.example",
    [
      "/admin/people",
      "/admin/partners",
      "/admin/partners/orbit-crm",
      "/admin/partners/orbit-crm/integrations",
      "/admin/partners/orbit-crm/integrations/client-timeline",
      "/partners/orbit-crm/client-timeline",
    ],
  ],
  [
    "admin-2@demo.example",
    [
      "/admin/catalogue",
      "/admin/catalogue/new",
      "/admin/catalogue/limits",
      "/admin/catalogue/classes/item_summary",
      "/admin/catalogue/read:items.status",
    ],
  ],
  [
    "admin-2@demo.example",
    [
      "/admin/boards",
      "/admin/boards/history",
      "/admin/boards/proposals",
      "/admin/boards/sco",
      "/admin/boards/sco/rules/api_permission",
      "/admin/boards/cgb/one-case",
    ],
  ],
  ["auditor@demo.example", ["/docket", "/partners", "/overview", "/account", "/audit", "/audit?case=PJ-2000-0001", "/records"]],
  ["partner@quayside-lending.demo.example", ["/", "/partners/quayside-lending", "/partners/quayside-lending/rate-finder", "/policy", "/account", "/inbox", "/docket"]],
];

for (const [who, paths] of pages) {
  test(`the pages of ${who ?? "anybody"}, ${paths[0]} and on, are accessible in every look`, async ({ page, javaScriptEnabled }) => {
    test.setTimeout(180_000);
    if (who) await signIn(page, who);
    for (const path of paths) {
      await page.goto(path);
      await expectAccessibleInEveryLook(page, `${path} as ${who}`, javaScriptEnabled!);
    }
  });
}

test("a form with errors is accessible too", async ({ page, javaScriptEnabled }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Enter your email address", "Enter your password"]);
  await expectAccessibleInEveryLook(page, "/sign-in with errors", javaScriptEnabled!);
});

test("the account page with errors is accessible too", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "partner@orbit-crm.demo.example");
  await page.goto("/account");
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("button", { name: "Change name" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Enter a name"]);
  await expectAccessibleInEveryLook(page, "/account with an error", javaScriptEnabled!);
});

test("whoever guesses is told to wait, on an accessible page that leads back", async ({ page, javaScriptEnabled }) => {
  // All journeys come from one address, which forgives twenty failures: without JavaScript this is the same page.
  if (!javaScriptEnabled) return;
  await page.goto("/sign-in");
  // The first wait is a second, which a slow machine may take by itself: then the next is longer.
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.getByLabel("Work email address").fill("guessed@demo.example");
    await page.getByLabel("Password", { exact: true }).fill("guess guess guess");
    const answer = page.waitForResponse((response) => response.url().endsWith("/do/sign_in"));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    if ((await answer).status() === 429) break;
    await expect(page.getByLabel("Password", { exact: true }), "a new page").toHaveValue("");
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Too many attempts");
  await expectAccessibleInEveryLook(page, "429", javaScriptEnabled!);
  await page.getByRole("link", { name: "Go back" }).click();
  await expect(page.getByRole("alert")).toContainText("Try again in");
  await expect(page.getByLabel("Work email address")).toHaveValue("guessed@demo.example");
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
  await signIn(page, "sco-4@demo.example");
  await page.goto("/help");
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script" || request.url().endsWith(".wasm")) scripts.push(request.url());
  });
  for (const path of ["/cases", "/partners", "/overview", "/help"]) await page.goto(path);
  expect(scripts).toEqual([]);
});
