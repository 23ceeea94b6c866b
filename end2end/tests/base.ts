// What every journey shares: a page on which no error of the console goes unseen, and ways to do what a person does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Browser, type Locator, type Page, type TestInfo } from "@playwright/test";

export const PASSWORD = "demonstration-only";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ page, javaScriptEnabled }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // Without JavaScript nothing uses what the page's head names for it.
        if (!javaScriptEnabled && message.text().includes("was preloaded using link preload but not used")) return;
        // A page that is meant to be an error is reported by the browser as well.
        if (!/the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED/.test(message.text())) errors.push(message.text());
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

// Nothing scrolls sideways, and axe finds nothing. The policy lets no script in, so axe comes by the debugger. A page is the
// same whatever keeps its data, so one database will do.
export async function expectAccessible(page: Page, look: string, javaScriptEnabled: boolean) {
  if (!base.info().project.name.startsWith("sqlite")) return;
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > clientWidth);
    return [scrollWidth - clientWidth, ...beyond.map((one) => one.outerHTML.slice(0, 200))];
  });
  expect(wide, `${look}: scrolls sideways`).toEqual([]);
  await page.evaluate(axe);
  const found = await page.evaluate(async (javaScriptEnabled) => {
    // A page without JavaScript has promises for the debugger, and no clock: what axe puts off a moment is done at once.
    if (!javaScriptEnabled) {
      const atOnce = (act: () => void, wait = 0) => {
        if (wait < 100) void Promise.resolve().then(act);
        return 0;
      };
      window.setTimeout = atOnce as typeof window.setTimeout;
    }
    // @ts-expect-error axe was just put there
    const result = await window.axe.run(document, {
      preload: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.map((violation: { id: string; nodes: { html: string }[] }) => [violation.id, violation.nodes.map((node) => node.html)]);
  }, javaScriptEnabled);
  expect(found, look).toEqual([]);
}

// The same in every look that people have: light and dark, wide and narrow. The page is then as wide as before.
export async function expectAccessibleInEveryLook(page: Page, what: string, javaScriptEnabled: boolean) {
  const before = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `${what}, ${colorScheme}, ${width} px`, javaScriptEnabled);
    }
  }
  if (before) await page.setViewportSize(before);
}

// Goes on with the Tab key until the element has the focus, as somebody without a mouse does.
export async function tabTo(page: Page, element: Locator) {
  for (let press = 0; press < 60; press++) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${element} is not reached by the Tab key`);
}

/** Answers what the task list of a draft asks besides permissions, from that list and back to it. */
export async function answerTheRest(page: Page, permission: string) {
  const list = page.url();
  const task = (name: string) => page.locator("main").getByRole("link", { name, exact: true });
  const save = () => page.getByRole("button", { name: "Save and continue" }).click();
  await task("Use of the API").click();
  await page.getByLabel("Which contract do you keep?").fill("KWANUS API contract, version 4");
  await page.getByLabel("You check before each call").check();
  await page.getByLabel("You log each call").check();
  await save();
  await task("Use of the API").click();
  await page.getByRole("link", { name: "Add an endpoint" }).click();
  await page.getByLabel("Which endpoint do you call?").fill("GET /v4/items");
  await page.getByLabel(permission, { exact: true }).check();
  await page.getByLabel("How many calls a minute").fill("60");
  await save();
  await page.goto(list);
  if (await task("Workflows").isVisible()) {
    await task("Workflows").click();
    await page.getByRole("link", { name: "Add a workflow" }).click();
    await page.getByLabel("What is the workflow called?").fill("Add a note");
    await page.getByLabel("You enhance it", { exact: false }).first().check();
    await page.getByLabel("Which version of it do you use?").fill("2.1");
    await page.getByLabel("What makes it safe to run twice?").fill("Each note has an identifier.");
    await page.getByLabel("What shows afterwards that it ran").fill("A line in our job log.");
    await page.getByLabel("How is it undone?").fill("The person deletes the note.");
    await page.getByRole("group", { name: "does the OS control the final output" }).getByLabel("Yes").check();
    await save();
    await page.goto(list);
  }
  if (await task("Extension").isVisible()) {
    await task("Extension").click();
    await page.getByLabel("What is its identifier?").fill("example.partner.notes");
    await page.getByLabel("Which version is it?").fill("1.4.0");
    await page.getByLabel("Where does it begin?").fill("dist/index.js");
    await page.getByLabel("Which versions of KWANUS OS").fill(">=4.2, <6");
    await page.getByLabel("What holds it apart").fill("A frame of its own origin.");
    await save();
    await task("Extension").click();
    await page.getByRole("link", { name: "Add a component" }).click();
    await page.getByLabel("What is it called?").fill("Notes");
    await page.getByLabel("A UI component").check();
    await save();
    await page.goto(list);
  }
  await task("Compliance").click();
  await page.getByLabel("How is the data protected").fill("TLS 1.3 on the way, AES-256 at rest.");
  await page.getByLabel("Who answers auditors?").fill("audit@partner.example");
  await page.getByLabel("You accept that your compliance").check();
  await page.getByRole("group", { name: "Are people tracked" }).getByLabel("No").check();
  await save();
}

/** Starts a submission for an integration, or goes on with the one that is open; answers its address. */
export async function start(page: Page, slug: string, name: string) {
  await page.goto(`/submissions/new?integration=${slug}`);
  await page.getByLabel("For which integration?").selectOption(name);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Justify the permissions of ${name}`);
  return page.url();
}

/** A day in two months, on which a permission may end. */
export const soon = () => new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** A manifest that asks to read the status of items, and in which nothing is forbidden, restricted or missing. */
export function manifestOf(name: string) {
  const permission = {
    key: "read:items.status",
    fields: ["items.status"],
    purpose: "Show which debts are still open.",
    narrower: "There is none: the status is the only field.",
    consent: "Screen 2, every time.",
    deletion: "With the session; the log shows it.",
    if_refused: "People copy by hand.",
    retention_hours: 24,
    until: soon(),
  };
  return {
    id: "example.partner.status",
    name,
    version: "1.0.0",
    permissions: [permission],
    api: {
      contract: "KWANUS API contract, version 4",
      validates_permissions: true,
      logs_calls: true,
      endpoints: [{ path: "GET /v4/items", permissions: [permission.key], rate_per_minute: 60 }],
    },
    compliance: {
      protection: "TLS 1.3 on the way, AES-256 at rest.",
      audit_contact: "audit@partner.example",
      accepts_annual_review: true,
      tracks: false,
    },
  };
}

/** Fills a draft from a manifest that can be read, and ends on its task list. */
export async function importManifest(page: Page, list: string, manifest: object) {
  await page.goto(`${list}/import`);
  await page.getByLabel("The manifest").fill(JSON.stringify(manifest, null, 2));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("The manifest is imported.");
}

/** Starts a submission for an integration, declares that it reads the status of items, and submits it; answers its reference. */
export async function submitStatus(page: Page, slug: string, name: string) {
  await start(page, slug, name);
  const reference = page.url().split("/").pop()!;
  await page.getByLabel("Add a permission").fill("read:items.status");
  await page.getByRole("button", { name: "Add permission" }).click();
  await page.getByLabel("items.status", { exact: true }).check();
  await page.getByLabel("What will you use it for?").fill("Show which debts are still open.");
  await page.getByLabel("Why does a narrower permission fail?").fill("There is none.");
  await page.getByLabel("Where does the person consent?").fill("Screen 2, every time.");
  await page.getByLabel("How do you delete the data?").fill("With the session; the log shows it.");
  await page.getByLabel("What happens if it is refused?").fill("People copy by hand.");
  await page.getByLabel("How many hours do you keep the data?").fill("24");
  await page.getByLabel("When does it expire?").fill(soon());
  await page.getByRole("button", { name: "Save and continue" }).click();
  await answerTheRest(page, "read:items.status");
  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");
  return reference;
}

/** Somebody else, in a browser of their own, of the same kind as the test's. */
export async function as(browser: Browser, email: string, javaScriptEnabled: boolean, baseURL: string) {
  const context = await browser.newContext({ javaScriptEnabled, baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}

/** Members of a board approve a case, each in a browser of their own. */
export async function approve(browser: Browser, reference: string, members: string[], javaScriptEnabled: boolean, baseURL: string) {
  for (const member of members) {
    const voter = await as(browser, `${member}@demo.example`, javaScriptEnabled, baseURL);
    await voter.goto(`/cases/${reference}`);
    await voter.getByRole("radio", { name: "Approve", exact: true }).check();
    await voter.getByRole("button", { name: "Record position" }).click();
    await expect(voter.getByRole("status")).toContainText(/Your position is recorded: approve\.|is decided: carried\./);
    await voter.context().close();
  }
}

/** An administrator registers an integration of a partner, unless an earlier run has. */
export async function register(browser: Browser, partner: string, [slug, name]: string[], layers: string[], javaScriptEnabled: boolean, baseURL: string) {
  const admin = await as(browser, "admin@demo.example", javaScriptEnabled, baseURL);
  const answer = await admin.goto(`/partners/${partner}/${slug}`);
  if (answer!.status() === 404) {
    await admin.goto(`/admin/partners/${partner}/integrations`);
    await admin.getByLabel("Name", { exact: true }).fill(name);
    await admin.getByLabel("Short name").fill(slug);
    for (const layer of layers) await admin.getByLabel(layer).check();
    await admin.getByLabel("What it does").fill("Lays what is open beside what was agreed.");
    await admin.getByRole("button", { name: "Register integration" }).click();
  }
  await expect(admin.getByRole("heading", { level: 1 })).toContainText(`: ${name}`);
  await admin.context().close();
}
