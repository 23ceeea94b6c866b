// Twenty cases cleared from the docket: by keyboard alone where there is JavaScript, through plain links and forms where there
// is none. Four of them ask once more for what was granted before, and are approved at once.
import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { as, expect, expectAccessibleInEveryLook, manifestOf, signIn, tabTo, test } from "./base";

const CASES = 20;
const RENEWED = 4;
const voters = ["sco-1", "sco-2", "sco-3", "tsc-1", "tsc-2", "tsc-3"];

/** Sends a form as the browser does, with its cookies; answers where it is sent on to. */
async function send(request: APIRequestContext, origin: string, action: string, form: Record<string, string>) {
  const answer = await request.post(action, { form, headers: { accept: "text/html", origin }, maxRedirects: 0 });
  expect(answer.status(), `${action} ${JSON.stringify(form)}`).toBe(303);
  return answer.headers()["location"];
}

/** What a hidden field on a page holds. */
async function hidden(request: APIRequestContext, path: string, name: string) {
  const page = await (await request.get(path, { headers: { accept: "text/html" } })).text();
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

/** Submits the draft that stands on a page; answers its reference. */
async function submit(request: APIRequestContext, origin: string, draft: string) {
  const reference = draft.split("/").pop()!;
  const revision = await hidden(request, draft, "revision");
  expect(await send(request, origin, "/do/submit", { case: reference, revision })).toBe(`${draft}/submitted`);
  return reference;
}

/** Brings twenty cases of that name before SCO and TSC; the last four for the second time. */
async function bringTwenty(browser: Browser, title: string, javaScriptEnabled: boolean, origin: string) {
  const admin = await as(browser, "admin@demo.example", javaScriptEnabled, origin);
  const partner = await as(browser, "partner@quayside-lending.demo.example", javaScriptEnabled, origin);
  const slug = (n: number) => `${title.toLowerCase().replaceAll(" ", "-")}-${n}`;
  const first: string[] = [];
  for (let n = 1; n <= CASES; n++) {
    const name = `${title} ${n}`;
    const registered = { partner: "quayside-lending", name, slug: slug(n), api: "on", description: "Shows what is open." };
    await send(admin.request, origin, "/do/add_integration", registered);
    const draft = await send(partner.request, origin, "/do/start_submission", { integration: slug(n) });
    const reference = draft.split("/").pop()!;
    const revision = await hidden(partner.request, `${draft}/import`, "revision");
    await send(partner.request, origin, "/do/import_manifest", { case: reference, revision, manifest: JSON.stringify(manifestOf(name)) });
    first.push(await submit(partner.request, origin, draft));
  }
  for (const voter of voters) {
    const member = await as(browser, `${voter}@demo.example`, javaScriptEnabled, origin);
    for (const reference of first.slice(-RENEWED)) {
      const position = { case: reference, board: voter.slice(0, 3), revision: "1", position: "approve" };
      expect(await send(member.request, origin, "/do/take_position", position)).toBe(`/cases/${reference}`);
    }
    await member.context().close();
  }
  for (let n = CASES - RENEWED + 1; n <= CASES; n++) {
    const draft = await send(partner.request, origin, "/do/start_submission", { integration: slug(n) });
    await submit(partner.request, origin, draft);
  }
  await partner.context().close();
  await admin.context().close();
}

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") }).filter({ hasText: "PJ-" });

test("twenty cases are cleared from the docket, four of them at once", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  // Two projects share a database: each has cases of its own, and finds them by their name.
  const title = js ? "Keyed Batch" : "Plain Batch";
  await bringTwenty(browser, title, js, baseURL!);

  await signIn(page, "sco-4@demo.example");
  await page.goto(`/docket?q=${encodeURIComponent(title)}`);
  await expect(rows(page)).toHaveCount(CASES);
  await expect(page.getByRole("checkbox", { name: /^Select PJ-/ })).toHaveCount(RENEWED);
  await expectAccessibleInEveryLook(page, "a docket of twenty", js);

  if (js) await clearByKeyboard(page, title);
  else await clearByForms(page, title);

  await expect(page.getByRole("heading", { name: "No case matches" })).toBeVisible();
  await page.goto(`/docket?show=waiting&q=${encodeURIComponent(title)}`);
  await expect(rows(page)).toHaveCount(CASES);
  await expect(page.getByText("You said: approve")).toHaveCount(CASES);
});

/** Waits until the keys do something. */
const alive = (page: Page) => expect(page.getByRole("list", { name: "Keyboard shortcuts" })).toBeVisible();

async function clearByKeyboard(page: Page, title: string) {
  const keys = page.keyboard;
  await alive(page);
  // What each key does is said, and nothing of it happens while somebody types.
  await keys.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await keys.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await keys.press("/");
  const find = page.getByLabel("Find a case");
  await expect(find).toBeFocused();
  await find.press("End");
  await keys.type("jx?");
  await expect(find).toHaveValue(`${title}jx?`);
  await page.goto(`/docket?q=${encodeURIComponent(title)}`);
  await alive(page);

  // Down and up again, each time with the focus on the title of the case.
  const link = (n: number) => rows(page).nth(n).getByRole("link", { name: /^Quayside Lending: / });
  await keys.press("j");
  await expect(link(0)).toBeFocused();
  await keys.press("j");
  await expect(link(1)).toBeFocused();
  await keys.press("k");
  await expect(link(0)).toBeFocused();

  // Those that can be approved at once are selected on the way down.
  for (let n = 0; n < CASES; n++) {
    await expect(link(n)).toBeFocused();
    await keys.press("x");
    await keys.press("j");
  }
  await expect(page.getByRole("checkbox", { name: /^Select PJ-/, checked: true })).toHaveCount(RENEWED);
  await tabTo(page, page.getByRole("button", { name: "Approve selected…" }));
  await keys.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Approve selected cases");
  await expect(page.getByRole("button", { name: `Approve ${RENEWED} cases` })).toBeVisible();
  await tabTo(page, page.getByLabel("Reason for all that have none of their own"));
  await keys.type("Nothing changed since it was granted.");
  await keys.press("Enter");
  await expect(page.getByRole("status")).toContainText(`${RENEWED} approvals are recorded`);
  await expect(rows(page)).toHaveCount(CASES - RENEWED);

  // The rest one by one: look inside, go to the form, approve, say why, and on to the next.
  await alive(page);
  await keys.press("j");
  await keys.press("Space");
  await expect(page).toHaveURL(/#inside$/);
  for (let left = CASES - RENEWED; left > 0; left--) {
    await alive(page);
    await expect(page.getByRole("group", { name: /^PJ-.* in short$/ })).toBeVisible();
    await keys.press("p");
    await expect(page.getByRole("radio", { name: "Approve", exact: true })).toBeFocused();
    await keys.press("Space");
    await expect(page.getByText("If you record this,").filter({ visible: true })).toHaveCount(1);
    await keys.press("Tab");
    await expect(page.getByLabel("Reason, kept in the record")).toBeFocused();
    await keys.type("Read, and narrow enough.");
    await keys.press("Enter");
    await expect(page.getByRole("status")).toContainText("is recorded: approve.");
    await expect(rows(page)).toHaveCount(left - 1);
  }
}

async function clearByForms(page: Page, title: string) {
  await expect(page.getByText("Keyboard shortcuts", { exact: true })).toBeHidden();
  for (const box of await page.getByRole("checkbox", { name: /^Select PJ-/ }).all()) await box.check();
  await page.getByRole("button", { name: "Approve selected…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Approve selected cases");
  await page.getByRole("button", { name: `Approve ${RENEWED} cases` }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(RENEWED);
  await expectAccessibleInEveryLook(page, "a confirmation with errors", false);
  await page.getByLabel("Reason for all that have none of their own").fill("Nothing changed since it was granted.");
  await page.getByRole("button", { name: `Approve ${RENEWED} cases` }).click();
  await expect(page.getByRole("status")).toContainText(`${RENEWED} approvals are recorded`);
  await expect(page).toHaveURL(`/docket?q=${encodeURIComponent(title)}`);
  await rows(page).first().getByRole("link", { name: "Look inside" }).click();
  await expectAccessibleInEveryLook(page, "a case in short", false);
  await page.setViewportSize({ width: 1280, height: 720 });
  for (let left = CASES - RENEWED; left > 0; left--) {
    await page.getByRole("radio", { name: "Approve", exact: true }).check();
    await page.getByLabel("Reason, kept in the record").fill("Read, and narrow enough.");
    await page.getByRole("button", { name: "Record and open next" }).click();
    await expect(page.getByRole("status")).toContainText("is recorded: approve.");
    await expect(rows(page)).toHaveCount(left - 1);
  }
}

test("what others say appears by itself, and never over what somebody writes", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(120_000);
  const js = javaScriptEnabled!;
  const name = js ? "Live Ledger" : "Still Ledger";
  const slug = name.toLowerCase().replace(" ", "-");
  const origin = baseURL!;
  const admin = await as(browser, "admin@demo.example", js, origin);
  await send(admin.request, origin, "/do/add_integration", { partner: "quayside-lending", name, slug, api: "on", description: "Shows what is open." });
  await admin.context().close();
  const partner = await as(browser, "partner@quayside-lending.demo.example", js, origin);
  const draft = await send(partner.request, origin, "/do/start_submission", { integration: slug });
  const revision = await hidden(partner.request, `${draft}/import`, "revision");
  await send(partner.request, origin, "/do/import_manifest", { case: draft.split("/").pop()!, revision, manifest: JSON.stringify(manifestOf(name)) });
  const reference = await submit(partner.request, origin, draft);
  await partner.context().close();

  await signIn(page, "tsc-4@demo.example");
  await page.goto(`/docket?q=${reference}`);
  const tsc = rows(page).first().locator("td[data-board=tsc]");
  await expect(tsc).toContainText("0/3");
  const colleague = await as(browser, "tsc-1@demo.example", js, origin);
  const say = (position: string) => send(colleague.request, origin, "/do/take_position", { case: reference, board: "tsc", revision: "1", position });
  await say("approve");
  if (!js) await page.getByRole("link", { name: "Refresh" }).click();
  await expect(tsc).toContainText("1/3");

  await page.getByRole("link", { name: `Look inside ${reference}` }).click();
  const reason = page.getByLabel("Reason, kept in the record");
  await reason.fill("Half a sentence");
  await say("abstain");
  if (js) {
    await expect(page.getByRole("link", { name: "Something changed: show it" })).toBeVisible();
    await expect(reason).toHaveValue("Half a sentence");
    await expect(tsc).toContainText("1/3");
    await page.getByRole("link", { name: "Something changed: show it" }).click();
  } else {
    await page.getByRole("link", { name: "Refresh" }).click();
  }
  await expect(tsc).toContainText("0/3");

  await page.goto(`/cases/${reference}`);
  await expect(page.getByText("TSC and SCO need 3 more approvals each").first()).toBeVisible();
  await say("approve");
  if (!js) await page.getByRole("link", { name: "Refresh" }).click();
  await expect(page.getByText("TSC needs 2 more approvals").first()).toBeVisible();
  await colleague.context().close();
});

test("keyboard shortcuts are switched off and stay so", async ({ page, javaScriptEnabled }) => {
  // A member of their own for each project: the switch is remembered for the person.
  await signIn(page, javaScriptEnabled ? "erc-3@demo.example" : "erc-4@demo.example");
  await page.goto("/docket");
  await page.getByRole("button", { name: "Switch keyboard shortcuts off" }).click();
  await expect(page.getByRole("status")).toContainText("Keyboard shortcuts are off.");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Switch keyboard shortcuts on" }).click();
  await expect(page.getByRole("status")).toContainText("Keyboard shortcuts are on.");
});
