// A partner declares permissions: stopped by what is forbidden, mending it, and submitting.
import { answerTheRest, approve, as, expect, expectAccessibleInEveryLook, signIn, test } from "./base";

test("a partner drafts, mends what is found, answers a request, submits again and is approved", async ({ page, browser, javaScriptEnabled, baseURL }, info) => {
  test.setTimeout(360_000);
  // An integration of its own for each project: two of them share a database.
  const integration = javaScriptEnabled ? "Medical Debt Assist" : "Claims Reader";
  await signIn(page, "partner@helio-health.demo.example");
  await page.getByRole("link", { name: "Start a submission" }).click();
  await page.getByLabel("For which integration?").selectOption(integration);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Justify the permissions of ${integration}`);
  const list = page.url();

  await page.getByLabel("Add a permission").fill("read:items.*");
  await page.getByRole("button", { name: "Add permission" }).click();
  await expect(page.getByRole("alert")).toContainText("nothing stands for several");
  await expect(page.getByLabel("Add a permission")).toHaveValue("read:items.*");
  await expectAccessibleInEveryLook(page, "a submission with an error", javaScriptEnabled!);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel("Add a permission").fill("workflow:dispute.prepare");
  await page.getByRole("button", { name: "Add permission" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("workflow:dispute.prepare");
  await page.getByLabel("items.id").check();
  await page.getByLabel("items.remarks").check();
  await page.getByLabel("What will you use it for?").fill("Prepare a dispute that the person checks and sends.");
  await page.getByRole("button", { name: "Save and check against policy" }).click();
  await expect(page.getByText("Remove items.remarks: raw parsed items cannot be shared with partners")).toBeVisible();
  await expect(page.getByRole("complementary").getByText("1 forbidden")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a permission with findings", javaScriptEnabled!);

  // On another day: what was saved is there.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(list);
  await expect(page.getByText("Needs changes")).toBeVisible();
  await page.getByRole("link", { name: "workflow:dispute.prepare" }).click();
  await expect(page.getByLabel("What will you use it for?")).toHaveValue("Prepare a dispute that the person checks and sends.");
  await page.getByLabel("items.remarks").uncheck();
  // The catalogue holds nothing narrower, so nobody is asked why that would fail.
  await expect(page.getByLabel("Why does a narrower permission fail?")).toHaveCount(0);
  // Looked at before it is kept: in place with JavaScript, by the form without.
  await page.getByLabel("Where does the person consent?").fill("Screen 2:\n- each time\n- in their language");
  await page.getByRole("button", { name: /^Preview ?: Where does the person consent/ }).click();
  await expect(page.getByRole("group", { name: "Preview", exact: true }).getByRole("listitem")).toHaveText(["each time", "in their language"]);
  await expect(page.getByLabel("Where does the person consent?")).toHaveValue("Screen 2:\n- each time\n- in their language");
  await expectAccessibleInEveryLook(page, "a permission with a preview", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel("Where does the person consent?").fill("Screen 2, every time.");
  await page.getByLabel("How do you delete the data?").fill("With the workflow; the log shows it.");
  await page.getByLabel("What happens if it is refused?").fill("People copy eleven values by hand.");
  await page.getByLabel("How many hours do you keep the data?").fill("24");
  const soon = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("When does it expire?").fill(soon);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "workflow:dispute.prepare" })).toContainText("Completed");

  // What it does in its layers, and how the data is protected.
  await page.getByRole("link", { name: "Use of the API" }).click();
  await page.getByRole("link", { name: "Add an endpoint" }).click();
  await page.getByLabel("Which endpoint do you call?").fill("GET /v4/internal/items");
  await page.getByLabel("How many calls a minute").fill("often");
  await page.getByRole("button", { name: "Save and check against policy" }).click();
  await expect(page.getByRole("alert")).toContainText("Write a number of calls a minute");
  await expect(page.getByLabel("Which endpoint do you call?")).toHaveValue("GET /v4/internal/items");
  await page.getByLabel("How many calls a minute").fill("unlimited");
  await page.getByRole("button", { name: "Save and check against policy" }).click();
  await expect(page.getByText("it is internal. Name a public endpoint")).toBeVisible();
  await expect(page.getByText("none are unlimited").last()).toBeVisible();
  await expectAccessibleInEveryLook(page, "an endpoint with findings", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Take it out" }).click();
  await expect(page.getByText("It is taken out.")).toBeVisible();
  await page.goto(list);
  await answerTheRest(page, "workflow:dispute.prepare");
  await expectAccessibleInEveryLook(page, "a task list that is complete", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  await expectAccessibleInEveryLook(page, "check your answers", javaScriptEnabled!);
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");
  await expect(page.getByText(list.split("/").pop()!, { exact: true }).last()).toBeVisible();
  const next = page.getByRole("region", { name: "What happens next" });
  for (const says of ["its ballot closes", "within 10 working days", "Every board that decides has to carry it."]) await expect(next).toContainText(says);
  await expectAccessibleInEveryLook(page, "what happens next", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Print it, or save it as a PDF" }).click();
  await expect(page.getByText("Prepare a dispute that the person checks and sends.")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a submission as a document", javaScriptEnabled!);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Print it with your browser.")).toBeHidden();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.locator("dl.spec dd").first()).toHaveText(list.split("/").pop()!);
  await expect(page.getByText("Prepare a dispute that the person checks and sends.")).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(list);
  await expectAccessibleInEveryLook(page, "a submission that was submitted", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Submissions", exact: true }).click();
  await expect(page.getByText("In review").first()).toBeVisible();
  await expectAccessibleInEveryLook(page, "/submissions", javaScriptEnabled!);

  // A board asks for a change of that permission; it does not know whom it asks, nor they who asked.
  const reference = list.split("/").pop()!;
  const member = await as(browser, "sco-1@demo.example", javaScriptEnabled!, baseURL!);
  await member.goto(`/cases/${reference}`);
  await member.getByText("Ask for a change", { exact: true }).click();
  await member.getByRole("region", { name: "Requests" }).getByLabel("What is it about?").selectOption("workflow:dispute.prepare");
  await member.getByLabel("What should change?").fill("Keep it for 12 hours at most, and say why so long.");
  await member.getByRole("button", { name: "Ask for this change" }).click();
  await expect(member.getByRole("heading", { name: "Requests" })).toBeVisible();
  await expect(member.getByText("Keep it for 12 hours at most")).toBeVisible();
  await expectAccessibleInEveryLook(member, "a case with a request", javaScriptEnabled!);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await expect(page.getByText(/The boards asked you to change \d submissions?\./)).toBeVisible();
  await expectAccessibleInEveryLook(page, "a partner's home", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(list);
  await expect(page.getByText("It is your turn: SCO asked for 1 change")).toBeVisible();
  await page.getByRole("textbox", { name: "request 1" }).fill("A run takes 11 hours at night. We keep it for 12.");
  await expectAccessibleInEveryLook(page, "a submission with a request", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("A run takes 11 hours at night.")).toBeVisible();

  // The next revision comes from a manifest: what is wrong with it is told, and nothing is lost.
  await page.getByRole("button", { name: "Revise this submission" }).click();
  const exported = await page.request.get(`${list}/manifest.json`);
  const manifest = await exported.text();
  await page.getByRole("link", { name: "Import a manifest" }).click();
  await page.getByLabel("The manifest").fill(manifest.replace('"workflow:dispute.prepare"', '"workflow:*"'));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("/permissions/0");
  await expect(page.getByLabel("The manifest")).toHaveValue(/workflow:\*/);
  await expectAccessibleInEveryLook(page, "a manifest with an error", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel("The manifest").fill(manifest.replace('"retention_hours": 24', '"retention_hours": 12'));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("The manifest is imported.")).toBeVisible();
  await expect(page.locator("ul.tasks > li").filter({ hasText: "workflow:dispute.prepare" })).toContainText(/Changed since revision \d+/);
  await expectAccessibleInEveryLook(page, "a task list with what was changed", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator("ul.tasks").getByRole("link", { name: "workflow:dispute.prepare" }).click();
  await page.getByText(/Changed since revision \d+/).click();
  await expect(page.getByText("Before: 24 hours")).toBeVisible();
  await page.goto(`${list}/check`);
  await expectAccessibleInEveryLook(page, "answers with what was changed", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");
  await page.goto(list);
  await page.getByRole("link", { name: "Compare with revision" }).click();
  await expect(page.locator("del").filter({ hasText: "24" })).toBeVisible();
  await expect(page.locator("ins").filter({ hasText: "12" })).toBeVisible();
  await expectAccessibleInEveryLook(page, "two revisions compared", javaScriptEnabled!);

  await member.setViewportSize({ width: 1440, height: 900 });
  await member.goto(`/cases/${reference}`);
  await member.getByRole("button", { name: "Resolve request 1" }).click();
  await expect(member.getByRole("status")).toContainText("resolved");
  await member.context().close();
  await approve(browser, reference, ["sco-1", "sco-2", "sco-3", "erc-1", "erc-2", "erc-3"], javaScriptEnabled!, baseURL!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(list);
  await expect(page.getByText("Decided").first()).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("row", { name: `workflow:dispute.prepare ${integration}` })).toBeVisible();
  expect(info.errors).toEqual([]);
});

test("what is typed is kept as it is typed, and a second tab is warned of", async ({ page, context, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "without JavaScript forms are saved by their buttons");
  await signIn(page, "partner@helio-health.demo.example");
  await page.goto("/submissions/new?integration=claims-reader");
  await page.getByLabel("For which integration?").selectOption("Claims Reader");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const list = page.url();
  await page.getByLabel("Add a permission").fill("read:items.status");
  await page.getByRole("button", { name: "Add permission" }).click();
  const check = page.getByRole("complementary");
  const hours = page.getByLabel("How many hours do you keep the data?");
  await page.getByLabel("items.status", { exact: true }).check();
  await page.getByLabel("What will you use it for?").fill("Show which debts are still open.");
  await hours.fill("96");
  await expect(check.getByText("Saved at")).toBeVisible();
  await expect(check.getByText("1 restricted")).toBeVisible();
  await expect(page.getByText("More than 24 hours is weighed by SCO")).toBeVisible();
  await hours.fill("24");
  await expect(page.getByText("More than 24 hours is weighed by SCO")).toHaveCount(0);
  await hours.fill("a day");
  await expect(check.getByText("Saved, but for “How many hours do you keep the data?”: Enter whole hours, such as 24")).toBeVisible();
  await hours.fill("24");
  await expect(check.getByText("Saved at")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a permission that is followed", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByLabel("How many hours do you keep the data?")).toHaveValue("24");
  await expect(other.getByText("This page is open in another tab as well.")).toBeVisible();
  await expect(page.getByText("This page is open in another tab as well.")).toBeVisible();
  await other.close();

  // Without a connection nothing typed is lost, and with it again it is kept.
  await context.setOffline(true);
  await page.getByLabel("Where does the person consent?").fill("Screen 2, every time.");
  await expect(check.getByText("there is no connection")).toBeVisible();
  await context.setOffline(false);
  await expect(check.getByText("Saved at")).toBeVisible();
  // A button pressed while something is being kept sends what was typed last.
  await page.getByLabel("How do you delete the data?").fill("With the workflow.");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await page.getByRole("link", { name: "read:items.status" }).click();
  await expect(page.getByLabel("How do you delete the data?")).toHaveValue("With the workflow.");
  await expect(page.getByLabel("Where does the person consent?")).toHaveValue("Screen 2, every time.");
  // Those who come without JavaScript begin anew with this integration.
  await page.goto(list);
  await page.getByText("Delete this draft").click();
  await page.getByRole("button", { name: "Delete draft" }).click();
  await expect(page.getByText("is deleted.")).toBeVisible();
});
