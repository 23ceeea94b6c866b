import { expect, expectAccessibleInEveryLook, PASSWORD, signIn, tabTo, test } from "./base";

test("each role signs in, sees its own start page and only what it can use, and signs out", async ({ page }) => {
  for (const [email, heading, links] of [
    ["sco-2@demo.example", "Docket", ["Docket", "Reviews", /^Inbox/, "Cases", "Partners", "Policy", "Records", "Overview", "Boards"]],
    ["admin@demo.example", "Overview", [/^Inbox/, "Cases", "Partners", "Policy", "Records", "Reviews", "Overview", "Boards", "Audit log", "People", "Partner register", "Boards and rules", "Catalogue"]],
    ["auditor@demo.example", "Overview", [/^Inbox/, "Cases", "Partners", "Policy", "Records", "Reviews", "Overview", "Boards", "Audit log", "Catalogue", "Boards and rules"]],
    ["partner@orbit-crm.demo.example", "Orbit CRM", ["Home", "Submissions", /^Inbox/, "Policy", "Account"]],
  ] as const) {
    await signIn(page, email);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText([...links]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto("/account");
    await expect(page).toHaveURL(/\/sign-in\?next=\/account$/);
  }
});

test("a demo offers one-click sign-ins", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByText("All 27 people").click();
  await page.getByRole("button", { name: "Maya Lindgren" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Helio Health");
});

test("somebody new sets a password by their link, by keyboard alone, and signs in", async ({ page, javaScriptEnabled }, info) => {
  // `.ci/journey` has two links for each database, of people whose term is over.
  const database = info.project.name.startsWith("sqlite") ? "SQLITE" : "POSTGRES";
  const who = javaScriptEnabled ? "new-1@kwanus.example" : "new-2@kwanus.example";
  const link = process.env[`KWANUS_${database}_LINKS`]!.split(" ")[javaScriptEnabled ? 0 : 1];
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set your password");
  await expectAccessibleInEveryLook(page, "/set-password", javaScriptEnabled!);
  const password = page.getByLabel("New password");
  await tabTo(page, password);
  await page.keyboard.type("too short");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").getByRole("link")).toHaveText("Use at least 12 characters");
  await expectAccessibleInEveryLook(page, "/set-password with an error", javaScriptEnabled!);
  await tabTo(page, page.getByRole("alert").getByRole("link"));
  await page.keyboard.press("Enter");
  await expect(password).toBeFocused();
  await page.keyboard.type("quince harbour lamp");
  await tabTo(page, page.getByRole("button", { name: "Set password" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("Your password is set.");
  await tabTo(page, page.getByLabel("Work email address"));
  await page.keyboard.type(who);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type("quince harbour lamp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing to do here");
  await expectAccessibleInEveryLook(page, "the start page of nobody", javaScriptEnabled!);
});

test("a wrong password says so beside the field and keeps the address", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Work email address").fill("sco-3@demo.example");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("Error: Sign in · KWANUS Governance");
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("link")).toHaveText("The email address or the password is not right");
  await expect(page.getByLabel("Work email address")).toHaveValue("sco-3@demo.example");
  await expect(page.getByLabel("Work email address")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
});

test("everything on the account page can be done by keyboard", async ({ page, javaScriptEnabled }, info) => {
  // A person of its own for each project: they run at once.
  const who = ["erc-1", "erc-2", "erc-3", "erc-4"][info.project.name.startsWith("sqlite") ? (javaScriptEnabled ? 0 : 1) : javaScriptEnabled ? 2 : 3];
  await signIn(page, `${who}@demo.example`);
  await page.goto("/account");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Robin \u200BHood");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").getByRole("link")).toHaveText("Remove the invisible characters");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Robin \u200BHood");
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Robin Hood");
  await tabTo(page, page.getByRole("button", { name: "Change name" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("Your name is changed.");
  await expect(page.locator(".me strong")).toHaveText("Robin Hood");
});

test("a theme is previewed, saved and kept, and the first byte of a page knows it", async ({ page }) => {
  await page.goto("/help");
  await page.getByText("Dark", { exact: true }).click();
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe("dark");
  await page.getByRole("button", { name: "Save theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const answer = await page.goto("/privacy");
  // Nothing has to change once the page is drawn: no flash.
  expect(await answer!.text()).toContain('data-theme="dark"');
  expect(await scheme()).toBe("dark");
});

// In this order, and as people whom no other journey signs in: their sessions are counted, then their password is another one.
test.describe("sessions and passwords", () => {
  test.describe.configure({ mode: "serial" });
  const alone = (javaScriptEnabled: boolean) => (javaScriptEnabled ? "cgb-chair" : "erc-chair");

  test("the list of sessions follows what happens elsewhere", async ({ page, browser, baseURL, javaScriptEnabled }) => {
    const who = alone(javaScriptEnabled!);
    await signIn(page, `${who}@demo.example`);
    await page.goto("/account");
    const rows = page.locator("tbody tr");
    await expect(rows).toHaveCount(1);
    const elsewhere = await browser.newContext({ baseURL, javaScriptEnabled });
    const other = await elsewhere.newPage();
    await signIn(other, `${who}@demo.example`);
    // Alive, the list follows; without JavaScript it is as good as its last loading.
    if (!javaScriptEnabled) await page.reload();
    await expect(rows).toHaveCount(2);
    await page.getByRole("button", { name: /^End the session of/ }).click();
    await expect(page.getByRole("status")).toHaveText("That session has ended.");
    await expect(rows).toHaveCount(1);
    await other.goto("/docket");
    await expect(other).toHaveURL(/\/sign-in/);
    await elsewhere.close();
  });

  test("a password is changed and the old one is worth nothing", async ({ page, javaScriptEnabled }) => {
    const who = alone(javaScriptEnabled!);
    await signIn(page, `${who}@demo.example`);
    await page.goto("/account");
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill("password1234");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByRole("alert").getByRole("link")).toContainText("stolen passwords");
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill(`plum orchard teapot ${who}`);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByRole("status")).toContainText("Your password is changed.");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Work email address").fill(`${who}@demo.example`);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("not right");
  });
});

test("somebody chooses how they are told by email", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "partner@copperline-legal.demo.example");
  await page.goto("/inbox");
  await page.getByLabel("One email a day").check();
  await page.getByRole("button", { name: "Keep this choice" }).click();
  await expect(page.getByRole("status")).toContainText("Your choice of email is kept.");
  await expect(page.getByLabel("One email a day")).toBeChecked();
  await expectAccessibleInEveryLook(page, "/inbox after a choice", javaScriptEnabled!);
});
