// A partner starts from the manifest that it has: what is wrong with it is mended, a question answered, and it is granted.
import { approve, as, expect, expectAccessibleInEveryLook, manifestOf, register, signIn, start, test } from "./base";

const key = "read:items.status";

test("a partner starts from a manifest, mends what is found, answers a question, submits again and is granted", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(360_000);
  const js = javaScriptEnabled!;
  // An integration of its own for each project: two of them share a database.
  const [slug, name] = js ? ["hearing-list", "Hearing List"] : ["fee-notes", "Fee Notes"];
  await register(browser, "copperline-legal", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@copperline-legal.demo.example");
  const list = await start(page, slug, name);
  const reference = list.split("/").pop()!;
  const task = (title: string) => page.locator("ul.tasks > li").filter({ hasText: title });
  const save = () => page.getByRole("button", { name: "Save and continue" }).click();

  // As somebody writes it who has not read the specification. A wildcard is no permission that a form could be filled with.
  const sound = manifestOf(name);
  const { consent: _, ...permission } = sound.permissions[0];
  const [endpoint] = sound.api.endpoints;
  const naive = {
    ...sound,
    permissions: [{ ...permission, key: "read:items.*", retention_hours: 1000 }],
    api: { ...sound.api, endpoints: [{ ...endpoint, path: "GET /v4/internal/items" }] },
  };
  await page.getByRole("link", { name: "Import a manifest" }).click();
  await expectAccessibleInEveryLook(page, "importing a manifest", js);
  const buffer = Buffer.from(JSON.stringify(naive, null, 2));
  await page.getByLabel("The file", { exact: true }).setInputFiles({ name: "manifest.json", mimeType: "application/json", buffer });
  await page.getByRole("button", { name: "Import the file" }).click();
  await expect(page).toHaveTitle("Error: Import a manifest · KWANUS Governance");
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByRole("alert").getByRole("link", { name: /^\/permissions\/0\/key: .*nothing stands for several/ }).click();
  const text = page.getByLabel("The manifest");
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/"read:items\.\*"/);

  // It is mended where it stands, and fills the form: what else is wrong is found there, and all that was answered is kept.
  await text.fill((await text.inputValue()).replace('"read:items.*"', `"${key}"`));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("The manifest is imported.");
  await expect(task(key)).toContainText("Needs changes");
  await expect(task("Use of the API")).toContainText("Needs changes");
  await expect(task("Compliance")).toContainText("Completed");
  await expect(page.getByText("Cannot start yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Check your answers and submit" })).toHaveCount(0);
  await expectAccessibleInEveryLook(page, "a task list from a manifest", js);

  await page.getByRole("link", { name: key }).click();
  await expect(page.getByLabel("What will you use it for?")).toHaveValue(permission.purpose);
  await expect(page.getByText("Enter 720 hours or fewer: longer is never allowed for this data")).toBeVisible();
  await expect(page.getByText("Say where the person consents")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a permission from a manifest", js);
  await page.getByLabel("Where does the person consent?").fill("Screen 2, every time.");
  await page.getByLabel("How many hours do you keep the data?").fill("24");
  await save();
  await expect(task(key)).toContainText("Completed");

  await page.getByRole("link", { name: "Use of the API" }).click();
  await page.getByRole("link", { name: "GET /v4/internal/items" }).click();
  await expect(page.getByText("it is internal. Name a public endpoint")).toBeVisible();
  await page.getByLabel("Which endpoint do you call?").fill("GET /v4/items");
  await save();
  await page.goto(list);
  await expect(task("Use of the API")).toContainText("Completed");
  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");

  const member = await as(browser, "sco-4@demo.example", js, baseURL!);
  await member.goto(`/cases/${reference}`);
  await member.getByText("Ask for a change", { exact: true }).click();
  await member.getByRole("region", { name: "Requests" }).getByLabel("What is it about?").selectOption(key);
  await member.getByLabel("What should change?").fill("Why a whole day? Keep it no longer than a session.");
  await member.getByRole("button", { name: "Ask for this change" }).click();
  await expect(member.getByRole("status")).toContainText("Request 1 is sent.");

  await page.goto(list);
  await expect(page.getByText("It is your turn: SCO asked for 1 change")).toBeVisible();
  await page.getByRole("textbox", { name: "request 1" }).fill("A session lasts 8 hours at most. We keep it for 8.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("status")).toContainText("Your answer is sent.");

  // The second revision keeps what was promised, in the form.
  await page.getByRole("button", { name: "Revise this submission" }).click();
  await page.locator("ul.tasks").getByRole("link", { name: key }).click();
  await page.getByLabel("How many hours do you keep the data?").fill("8");
  await save();
  await expect(task(key)).toContainText(/Changed since revision \d+/);
  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");

  await member.goto(`/cases/${reference}`);
  await member.getByRole("link", { name: "Compare with revision 1" }).click();
  await expect(member.getByText("Revision 2 against revision 1: 1 permission changed.")).toBeVisible();
  await expectAccessibleInEveryLook(member, "two revisions compared by the boards", js);
  await member.goto(`/cases/${reference}`);
  await member.getByRole("button", { name: "Resolve request 1" }).click();
  await expect(member.getByRole("status")).toContainText("Request 1 is resolved.");
  await member.context().close();
  await approve(browser, reference, ["tsc-1", "tsc-2", "tsc-3", "sco-1", "sco-2", "sco-3"], js, baseURL!);
  await page.goto(list);
  await expect(page.getByText("Decided").first()).toBeVisible();
  await page.goto(`/partners/copperline-legal/${slug}`);
  await expect(page.getByRole("row", { name: key }).getByText("In force")).toBeVisible();
});
