// A contested case: an objection and its thread, a recusal, another revision, a deputy who names a condition, the decision; then
// its partner appeals with new facts, the boards carry that, and what was asked for is granted.
import { approve, as, expect, expectAccessibleInEveryLook, register, signIn, submitStatus, test } from "./base";

test("a contested case is declined, appealed with new facts, and carried", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  const [slug, name] = js ? ["payment-plan", "Payment Plan"] : ["payment-log", "Payment Log"];
  await register(browser, "quayside-lending", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@quayside-lending.demo.example");
  const reference = await submitStatus(page, slug, name);
  const submission = `/submissions/${reference}`;

  // One member objects; the partner answers the concern.
  const objector = await as(browser, "sco-4@demo.example", js, baseURL!);
  await objector.goto(`/cases/${reference}`);
  await objector.getByRole("radio", { name: "Object" }).check();
  await objector.getByLabel("Name your concern").fill("consent");
  await objector.getByLabel("Reason, kept in the record").fill("Nothing shows where people consent.");
  await objector.getByRole("button", { name: "Record position" }).click();
  await expect(objector.getByRole("heading", { name: "1. consent" })).toBeVisible();
  await page.goto(submission);
  await page.getByLabel("Answer concern 1").fill("The next revision says where.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("status")).toContainText("Your answer is sent.");

  // The chair recuses, and reads no more of it.
  const recused = await as(browser, "sco-chair@demo.example", js, baseURL!);
  await recused.goto(`/cases/${reference}`);
  await recused.getByRole("radio", { name: "Recuse" }).check();
  await recused.getByLabel("Reason, kept in the record").fill("I advised them in the spring.");
  await recused.getByRole("button", { name: "Record position" }).click();
  await expect(recused.getByText("You recused yourself.")).toBeVisible();
  await expect(recused.getByText("The next revision says where.")).toHaveCount(0);

  // Another revision: what was said of the first counts no more, and the concern stays open.
  await page.getByRole("button", { name: "Revise this submission" }).click();
  await page.locator("ul.tasks").getByRole("link", { name: "read:items.status" }).click();
  await page.getByLabel("Where does the person consent?").fill("Screen 3, with the purpose in full.");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await page.getByRole("link", { name: "Check your answers and submit" }).click();
  await page.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");
  await objector.goto(`/cases/${reference}`);
  await expect(objector.getByText("Object, of revision 1, not counted", { exact: false })).toBeAttached();
  await objector.getByRole("radio", { name: "Object" }).check();
  await objector.getByRole("checkbox", { name: "1. consent" }).check();
  await objector.getByLabel("Reason, kept in the record").fill("Screen 3 is not shown to everybody.");
  await objector.getByRole("button", { name: "Record position" }).click();
  await expect(objector.getByRole("status")).toContainText("Your position is recorded: object.");

  // A member goes on leave, and a deputy acts for them, with a condition.
  const [away, acting] = js ? ["sco-3", "cgb-2"] : ["sco-2", "cgb-3"];
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const leaving = await as(browser, `${away}@demo.example`, js, baseURL!);
  await leaving.goto("/account/leave");
  await leaving.getByLabel("First day away").fill(day(0));
  await leaving.getByLabel("Last day away").fill(day(6));
  await leaving.getByRole("button", { name: "Take leave" }).click();
  await leaving.getByLabel("Deputy", { exact: true }).selectOption({ label: await leaving.locator("#deputy option", { hasText: `${acting}@` }).innerText() });
  await leaving.getByLabel("First day", { exact: true }).fill(day(0));
  await leaving.getByLabel("Last day", { exact: true }).fill(day(6));
  await leaving.getByLabel("Permission justification").check();
  await leaving.getByRole("button", { name: "Name this deputy" }).click();
  await expect(leaving.getByRole("button", { name: "End delegation" })).toBeVisible();
  await expectAccessibleInEveryLook(leaving, "leave with a deputy", js);
  const deputy = await as(browser, `${acting}@demo.example`, js, baseURL!);
  await deputy.goto(`/cases/${reference}`);
  await expect(deputy.getByText("the position names you both", { exact: false })).toBeVisible();
  await deputy.getByRole("radio", { name: "Approve with conditions" }).check();
  await deputy.getByLabel("Condition the partner must meet").fill("Show screen 3 to everybody.");
  await deputy.getByLabel("To be met by").first().fill(day(60));
  await deputy.getByRole("button", { name: "Record position" }).click();
  await expect(deputy.getByRole("heading", { name: "Conditions so far" })).toBeVisible();
  await expectAccessibleInEveryLook(deputy, "a case for a deputy", js);
  await leaving.goto("/account/leave");
  await leaving.getByRole("button", { name: "End delegation" }).click();
  await leaving.getByRole("button", { name: "End leave" }).click();
  await leaving.context().close();

  // Of four who take part one objects, and one approves nothing: three can approve it no more.
  const other = await as(browser, "sco-1@demo.example", js, baseURL!);
  await other.goto(`/cases/${reference}`);
  await other.getByRole("radio", { name: "Abstain" }).check();
  await other.getByRole("button", { name: "Record position" }).click();
  await expect(other.getByRole("status")).toContainText(`${reference} is decided: declined.`);
  for (const one of [recused, deputy, other]) await one.context().close();
  await objector.goto(`/cases/${reference}`);
  await expect(objector.getByText("Its partner can appeal it once", { exact: false })).toBeVisible();
  await expectAccessibleInEveryLook(objector, "a declined case", js);

  // The partner is led to the appeal, and keeps what it typed where something is missing.
  await page.goto(`/submissions/${reference}`);
  await page.getByRole("link", { name: `Appeal ${reference}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Appeal ${reference}`);
  await expectAccessibleInEveryLook(page, "the form of an appeal", js);
  await page.getByLabel("What is new since the decision?").fill("A new screen shows the consent, and each access is logged.");
  await page.getByRole("button", { name: "Send the appeal" }).click();
  await expect(page.getByRole("alert")).toContainText("Say what you ask for");
  await expect(page.getByLabel("What is new since the decision?")).toHaveValue("A new screen shows the consent, and each access is logged.");
  await page.getByLabel("What do you ask for?").fill("Grant what was declined.");
  await page.getByRole("button", { name: "Send the appeal" }).click();
  await expect(page.getByRole("status")).toContainText("The boards have your appeal, AP-");
  const appeal = (await page.getByRole("status").textContent())!.match(/AP-\d{4}-\d{4,}/)![0];
  await expectAccessibleInEveryLook(page, "an appeal that was made", js);

  // The boards that decided have it, and the Core Governance Board; who objected does not lead.
  await objector.goto(`/cases/${appeal}`);
  await expect(objector.getByRole("heading", { name: "Appeal of the decline" })).toBeVisible();
  await expect(objector.getByText("they stand behind the decision", { exact: false })).toBeVisible();
  await expectAccessibleInEveryLook(objector, "an appeal before the boards", js);
  const members = ["sco", "tsc", "cgb"].flatMap((board) => [1, 2, 3].map((n) => `${board}-${n}`));
  await approve(browser, appeal, members, js, baseURL!);

  // What was asked for is granted by the appeal; the decision stays as it was.
  await page.goto(`/submissions/${reference}/appeal`);
  await expect(page.getByText("The boards carried it: what it asks for is in effect.")).toBeVisible();
  await page.goto(`/partners/quayside-lending/${slug}`);
  await expect(page.getByText("In force", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(appeal).first()).toBeVisible();
  await objector.goto(`/cases/${reference}`);
  await expect(objector.getByText("Its partner appealed it", { exact: false })).toBeVisible();
  await objector.context().close();
});
