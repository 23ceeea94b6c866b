// A partner declares permissions: stopped by what is forbidden, mending it, and submitting.
import { answerTheRest, expect, expectAccessibleInEveryLook, signIn, test } from "./base";

test("a partner drafts, is stopped by a forbidden field, mends it and submits", async ({ page, javaScriptEnabled }, info) => {
  test.setTimeout(120_000);
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
  await page.getByLabel("Why does a narrower permission fail?").fill("read:items.status shows a debt, and starts nothing.");
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
  await expect(page.getByRole("status")).toContainText("is submitted. The boards have it now.");
  await expectAccessibleInEveryLook(page, "a submission that was submitted", javaScriptEnabled!);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Submissions", exact: true }).click();
  await expect(page.getByText("In review").first()).toBeVisible();
  await expectAccessibleInEveryLook(page, "/submissions", javaScriptEnabled!);
  expect(info.errors).toEqual([]);
});

test("what is typed is kept as it is typed, and a second tab is warned of", async ({ page, context, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "without JavaScript forms are saved by their buttons");
  await signIn(page, "partner@copperline-legal.demo.example");
  await page.goto("/submissions/new?integration=matter-file");
  await page.getByLabel("For which integration?").selectOption("Matter File");
  await page.getByRole("button", { name: "Start", exact: true }).click();
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
  await expect(check.getByText("Not saved yet: Enter whole hours, such as 24")).toBeVisible();
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
  await page.getByLabel("Where does the person consent?").fill("Screen 2.");
  await expect(check.getByText("there is no connection")).toBeVisible();
  await context.setOffline(false);
  await page.getByLabel("Where does the person consent?").fill("Screen 2, every time.");
  await expect(check.getByText("Saved at")).toBeVisible();
  // A button pressed while something is being kept sends what was typed last.
  await page.getByLabel("How do you delete the data?").fill("With the workflow.");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await page.getByRole("link", { name: "read:items.status" }).click();
  await expect(page.getByLabel("How do you delete the data?")).toHaveValue("With the workflow.");
  await expect(page.getByLabel("Where does the person consent?")).toHaveValue("Screen 2, every time.");
});
