// The form does not lose what was typed, and sends nothing twice: errors, the way back, two clicks, two tabs, no network, no session.
import type { Browser, Locator, Page } from "@playwright/test";
import { expect, expectAccessibleInEveryLook, importManifest, manifestOf, PASSWORD, register, signIn, start, test } from "./base";

const partner = "partner@orbit-crm.demo.example";

/** Registers an integration of the test's own: two projects share a database, and journeys run at once. */
async function own(browser: Browser, title: string, layers: string[], javaScriptEnabled: boolean, baseURL: string) {
  const name = javaScriptEnabled ? title : `${title} Plain`;
  const slug = name.toLowerCase().replaceAll(" ", "-");
  await register(browser, "orbit-crm", [slug, name], layers, javaScriptEnabled, baseURL);
  return { slug, name };
}

/** What a form would send. */
async function typed(form: Locator): Promise<Record<string, string>> {
  const fields = await form.evaluate((form: HTMLFormElement) => [...new FormData(form)].map(([name, value]) => [name, String(value)]));
  return Object.fromEntries(fields);
}

/** Sends a form as the browser does, with its cookies; answers where it is sent on to. */
async function send(page: Page, action: string, form: Record<string, string>) {
  const headers = { accept: "text/html", origin: new URL(page.url()).origin };
  const answer = await page.request.post(action, { form, headers, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  return answer.headers()["location"];
}

/** How often an integration stands in the partner's list of submissions. */
function cases(page: Page, name: string) {
  return page.getByRole("rowheader").filter({ hasText: `${name}, revision` });
}

const submit = (page: Page) => page.getByRole("button", { name: "Submit to the boards" });
const saveAndCheck = (page: Page) => page.getByRole("button", { name: "Save and check against policy" }).click();

test("what is wrong takes the focus, and each line of it leads to its field", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(120_000);
  const { slug, name } = await own(browser, "Focus Finder", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  const summary = page.getByRole("alert");
  const leads = async (title: string, wrong: [string | RegExp, Locator][]) => {
    await expect(page).toHaveTitle(`Error: ${title} · KWANUS Governance`);
    await expect(summary).toBeFocused();
    await expect(summary.getByRole("link")).toHaveCount(wrong.length);
    for (const [words, field] of wrong) {
      await summary.getByRole("link", { name: words }).click();
      await expect(field).toBeFocused();
      await expect(field).toHaveAttribute("aria-invalid", "true");
    }
  };

  const permission = page.getByLabel("Add a permission");
  await permission.fill("read:items.*");
  await page.getByRole("button", { name: "Add permission" }).click();
  await leads(`Justify the permissions of ${name}`, [[/nothing stands for several/, permission]]);

  await permission.fill("read:items.status");
  await page.getByRole("button", { name: "Add permission" }).click();
  const hours = page.getByLabel("How many hours do you keep the data?");
  await hours.fill("a day");
  await saveAndCheck(page);
  await leads("read:items.status", [["Enter whole hours, such as 24", hours]]);

  await page.goto(`${list}/endpoints/new`);
  const rate = page.getByLabel("How many calls a minute");
  await rate.fill("often");
  await saveAndCheck(page);
  await leads("Endpoint", [
    ["Name the endpoint, such as GET /v1/items", page.getByLabel("Which endpoint do you call?")],
    ["Write a number of calls a minute", rate],
  ]);
  await expect(rate).toHaveValue("often");

  await page.goto(`${list}/compliance`);
  const contact = page.getByLabel("Who answers auditors?");
  await contact.fill("nobody");
  await saveAndCheck(page);
  await leads("Compliance", [[/./, contact]]);

  await page.goto(`${list}/import`);
  await page.getByLabel("The manifest").fill("read:items.status");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await leads("Import a manifest", [["A manifest is a JSON object: begin with {", page.getByLabel("The manifest")]]);
});

test("the way back from a submission leads to what was submitted, and an old page sends nothing", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Way Back", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  await importManifest(page, list, manifestOf(name));
  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  const fields = await typed(page.locator("form[action='/do/submit']"));
  await submit(page).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What you submitted");
  await expect(page.getByText("The boards have it as it stands here")).toBeVisible();
  await expect(submit(page)).toHaveCount(0);

  // A page that was kept since before.
  expect(await send(page, "/do/submit", fields)).toBe(new URL(`${list}/check`).pathname);
  await page.goto(`${list}/check`);
  await expect(page.getByRole("alert")).toContainText("was submitted meanwhile");
  // To start again is to go on with it.
  expect(await start(page, slug, name)).toBe(list);
  await page.goto("/submissions");
  await expect(cases(page, name)).toHaveCount(1);
});

test("two clicks on the button that submits make one case", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Two Clicks", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  await importManifest(page, list, manifestOf(name));
  await page.goto(`${list}/check`);
  await submit(page).dblclick();
  // The browser shows the answer to the last click that it sent: either says that the boards have it.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^(Submitted to the boards|What you submitted)$/);
  await page.goto("/submissions");
  await expect(cases(page, name)).toHaveCount(1);
});

test("the same form sent twice at once starts one draft, and submits it once", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Twice at Once", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  await page.goto(`/submissions/new?integration=${slug}`);
  const starting = { ...(await typed(page.locator("form[action='/do/start_submission']"))), integration: slug };
  const [list, other] = await Promise.all([1, 2].map(() => send(page, "/do/start_submission", starting)));
  expect(list).toMatch(/^\/submissions\/PJ-/);
  expect(other).toBe(list);

  await importManifest(page, list, manifestOf(name));
  await page.goto(`${list}/check`);
  const submitting = await typed(page.locator("form[action='/do/submit']"));
  const next = await Promise.all([1, 2].map(() => send(page, "/do/submit", submitting)));
  expect(next.sort()).toEqual([`${list}/check`, `${list}/submitted`]);
  // Whoever came second is told so.
  await page.goto(`${list}/check`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What you submitted");
  await expect(page.getByRole("alert")).toContainText("was submitted meanwhile");
  await page.goto("/submissions");
  await expect(cases(page, name)).toHaveCount(1);
});

test("of two tabs, the one that saves last is told what the other one saved, and keeps what was typed", async ({ page, context, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Two Tabs", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  const other = await context.newPage();
  const contact = (tab: Page) => tab.getByLabel("Who answers auditors?");
  for (const tab of [page, other]) await tab.goto(`${list}/compliance`);
  if (javaScriptEnabled) {
    for (const tab of [page, other]) await expect(tab.getByText("This page is open in another tab as well.")).toBeVisible();
  }
  await contact(page).fill("first@partner.example");
  await saveAndCheck(page);
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();

  await contact(other).fill("second@partner.example");
  await saveAndCheck(other);
  await expect(other.getByRole("alert")).toContainText("This was changed in another tab");
  await expect(other.getByRole("alert").getByRole("link")).toHaveText(["It says now: first@partner.example"]);
  await expect(contact(other)).toHaveValue("second@partner.example");
  await saveAndCheck(other);
  await expect(other.getByText("Saved.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(contact(page)).toHaveValue("second@partner.example");
});

test("what is typed about a part is kept as it is typed, and after a time without a connection", async ({ page, context, browser, javaScriptEnabled, baseURL }) => {
  test.skip(!javaScriptEnabled, "without JavaScript forms are saved by their buttons");
  test.setTimeout(120_000);
  const { slug, name } = await own(browser, "Night Train", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  const status = page.getByRole("complementary").getByRole("status");
  for (const [place, label, first, then] of [
    ["endpoints/new", "Which endpoint do you call?", "GET /v4/internal/items", "GET /v4/items"],
    ["storage/new", "Where is the copy?", "Our cluster", "Our PostgreSQL cluster in Frankfurt, Germany"],
    ["compliance", "How is the data protected", "TLS 1.3 on the way", "TLS 1.3 on the way, AES-256 at rest"],
  ]) {
    await page.goto(`${list}/${place}`);
    const field = page.getByLabel(label);
    // What is announced later is announced in a place that was there before.
    await expect(status).toContainText("Checked as it is saved.");
    await field.fill(first);
    await expect(status).toContainText("Saved at");
    if (place.startsWith("endpoints")) await expect(page.getByText("it is internal. Name a public endpoint")).toBeVisible();

    await context.setOffline(true);
    await field.fill(then);
    await expect(status).toContainText("Not saved: there is no connection");
    await expect(field).toHaveValue(then);
    await context.setOffline(false);
    await expect(status).toContainText("Saved at");
    await page.goto(`${list}/${place.replace("new", "1")}`);
    await expect(field).toHaveValue(then);
  }
});

test("one field that cannot be read keeps no other from being saved, and closing the tab costs no letter", async ({ page, context, browser, javaScriptEnabled, baseURL }) => {
  test.skip(!javaScriptEnabled, "without JavaScript forms are saved by their buttons");
  const { slug, name } = await own(browser, "Half a Word", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  const status = (tab: Page) => tab.getByRole("complementary").getByRole("status");
  const place = (tab: Page) => tab.getByLabel("Where is the copy?");
  const hours = (tab: Page) => tab.getByLabel("How many hours is it kept?");
  const path = (tab: Page) => tab.getByLabel("Which endpoint do you call?");
  const rate = (tab: Page) => tab.getByLabel("How many calls a minute");

  let tab = await context.newPage();
  await tab.goto(`${list}/storage/new`);
  await place(tab).fill("Our cluster in Frankfurt");
  await hours(tab).fill("a day");
  await expect(status(tab)).toContainText("Saved, but for “How many hours is it kept?”: Enter a whole number, such as 24");
  await tab.close();
  await page.goto(`${list}/storage/1`);
  await expect(place(page)).toHaveValue("Our cluster in Frankfurt");
  await expect(hours(page)).toHaveValue("a day");
  await expect(hours(page)).toHaveAttribute("aria-invalid", "true");
  await hours(page).fill("24");
  await expect(status(page)).toContainText("Saved at");
  await page.reload();
  await expect(hours(page)).toHaveValue("24");
  await expect(page.getByRole("alert")).toHaveCount(0);

  // What is new has no place in the draft before it has a name.
  tab = await context.newPage();
  await tab.goto(`${list}/endpoints/new`);
  await rate(tab).fill("60");
  await expect(status(tab)).toContainText("Not saved yet, but held here: Name the endpoint");
  await tab.close();
  await page.goto(`${list}/endpoints/new`);
  await expect(rate(page)).toHaveValue("60");
  await path(page).fill("GET /v4/items");
  await expect(status(page)).toContainText("Saved at");
  await page.goto(`${list}/endpoints/1`);
  await expect(path(page)).toHaveValue("GET /v4/items");
  await expect(rate(page)).toHaveValue("60");
});

test("what is typed last is kept as the page is left", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.skip(!javaScriptEnabled, "without JavaScript forms are saved by their buttons");
  const { slug, name } = await own(browser, "Early Leave", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  await page.goto(`${list}/compliance`);
  const protection = page.getByLabel("How is the data protected");
  await protection.fill("TLS 1.3");
  await expect(page.getByRole("complementary").getByRole("status")).toContainText("Saved at");
  await protection.fill("TLS 1.3 on the way, AES-256 at rest.");
  await page.getByRole("link", { name: list.split("/").pop()!, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Justify the permissions of ${name}`);
  // Asked for anew: what a browser puts back into a form by itself proves nothing.
  await expect(async () => {
    await page.goto(`${list}/compliance`);
    await expect(protection).toHaveValue("TLS 1.3 on the way, AES-256 at rest.", { timeout: 500 });
  }).toPass();
});

test("a button that is pressed without a connection costs nothing that was typed", async ({ page, context, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Long Tunnel", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  await page.goto(`${list}/compliance`);
  const protection = page.getByLabel("How is the data protected");
  const contact = page.getByLabel("Who answers auditors?");
  const isThere = async () => {
    await expect(protection).toHaveValue("TLS 1.3 on the way, AES-256 at rest.");
    await expect(contact).toHaveValue("audit@partner.example");
  };
  await protection.fill("TLS 1.3 on the way, AES-256 at rest.");
  await contact.fill("audit@partner.example");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect.poll(() => page.url(), "an error of the browser").toMatch(/^chrome-error:/);
  await context.setOffline(false);
  await page.goBack();
  await isThere();
  await saveAndCheck(page);
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.goto(`${list}/compliance`);
  await isThere();
});

test("a session that ends in the middle of a page costs nothing that was typed", async ({ page, context, browser, javaScriptEnabled, baseURL }) => {
  const { slug, name } = await own(browser, "Long Lunch", ["API"], javaScriptEnabled!, baseURL!);
  await signIn(page, partner);
  const list = await start(page, slug, name);
  await page.goto(`${list}/api`);
  const other = await context.newPage();
  await other.goto("/account");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/sign-in$/);

  const contract = page.getByLabel("Which contract do you keep?");
  const logs = page.getByLabel("You log each call");
  await contract.fill("KWANUS API contract, version 4");
  await logs.check();
  if (javaScriptEnabled) await expect(page.getByRole("complementary").getByRole("status")).toContainText("Not saved: you are signed out");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("Work email address").fill(partner);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${list}/api`);
  await expect(page.getByRole("alert")).toContainText("You were signed out while you were writing. Nothing was sent.");
  await expect(contract).toHaveValue("KWANUS API contract, version 4");
  await expect(logs).toBeChecked();
  await saveAndCheck(page);
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(contract).toHaveValue("KWANUS API contract, version 4");
});

test("every page of the form is accessible in every look", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(360_000);
  const js = javaScriptEnabled!;
  const { slug, name } = await own(browser, "Every Page", ["API", "Workflow", "Extension"], js, baseURL!);
  const look = async (address: string) => {
    const answer = await page.goto(address);
    expect(answer!.status(), address).toBe(200);
    await expectAccessibleInEveryLook(page, address, js);
  };
  await signIn(page, partner);
  await look(`/submissions/new?integration=${slug}`);
  const list = await start(page, slug, name);
  const parts = ["api", "endpoints/new", "workflows", "workflows/new", "extension", "components/new", "storage", "storage/new", "compliance"];
  for (const place of ["", "/import", "/integration", ...parts.map((part) => `/${part}`), "/check"]) await look(list + place);

  // The same with much that is wrong.
  const { api, permissions, ...manifest } = manifestOf(name);
  await importManifest(page, list, {
    ...manifest,
    entry: "dist/index.js",
    permissions: [{ ...permissions[0], fields: ["items.id", "items.status", "items.remarks"], retention_hours: 1000 }],
    api: { ...api, endpoints: [{ path: "GET /v4/internal/items", rate_per_minute: "unlimited" }] },
    workflows: [{ name: "Lay out the timeline", kind: "enhanced", os_decides: false, predictive: true }],
    extension: { components: [{ name: "Timeline", kind: "automation", overrides: ["navigation"] }] },
    compliance: { tracks: true },
  });
  const wrong = ["permissions/read:items.status", "permissions/read:items.status/evidence", "endpoints/1", "workflows/1", "extension", "components/1", "compliance"];
  for (const place of ["", ...wrong.map((part) => `/${part}`), "/check", "/print"]) await look(list + place);
});
