// A contested case: an objection with a concern, its thread, a recusal, two thirds who overrule, a condition, the decision, and
// how the condition is met.
import { approve, as, expect, expectAccessibleInEveryLook, register, signIn, soon, submitStatus, test } from "./base";

test("a contested case goes from a concern to a decision with conditions", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  const [slug, name] = js ? ["debt-ladder", "Debt Ladder"] : ["debt-map", "Debt Map"];
  await register(browser, "quayside-lending", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@quayside-lending.demo.example");
  const reference = await submitStatus(page, slug, name);
  const submission = `/submissions/${reference}`;

  // Somebody objects, and names what about.
  const raiser = await as(browser, "tsc-4@demo.example", js, baseURL!);
  await raiser.goto(`/cases/${reference}`);
  await raiser.getByRole("radio", { name: "Object" }).check();
  await raiser.getByLabel("Name your concern").fill("token lifetime");
  await raiser.locator("#about-tsc").selectOption("read:items.status");
  await raiser.getByLabel("Reason, kept in the record").fill("A token lives for a year.");
  await raiser.getByRole("button", { name: "Record position" }).click();
  await expect(raiser.getByRole("heading", { name: "1. token lifetime" })).toBeVisible();
  await expectAccessibleInEveryLook(raiser, "a case with a concern", js);

  // The partner reads it without a name, and answers; the boards reply.
  await page.goto(submission);
  await expect(page.getByRole("heading", { name: "1. token lifetime" })).toBeVisible();
  await expect(page.getByText("Paolo Ferri")).toHaveCount(0);
  await page.getByLabel("Answer concern 1").fill("It lives for an hour from the next release on.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("status")).toContainText("Your answer is sent.");
  await expectAccessibleInEveryLook(page, "a submission with a concern", js);
  await raiser.reload();
  await expect(raiser.getByText("It lives for an hour from the next release on.")).toBeVisible();

  // One member recuses, and no longer sees what the others say.
  const recused = await as(browser, "tsc-chair@demo.example", js, baseURL!);
  await recused.goto(`/cases/${reference}`);
  await recused.getByRole("radio", { name: "Recuse" }).check();
  await recused.getByLabel("Reason, kept in the record").fill("I worked for them until June.");
  await recused.getByRole("button", { name: "Record position" }).click();
  await expect(recused.getByText("You recused yourself.")).toBeVisible();
  await expect(recused.getByText("token lifetime")).toHaveCount(0);
  await expectAccessibleInEveryLook(recused, "a case for who recused", js);

  // One approves with a condition; the others approve, and the concern holds the board.
  const careful = await as(browser, "tsc-1@demo.example", js, baseURL!);
  await careful.goto(`/cases/${reference}`);
  await careful.getByRole("radio", { name: "Approve with conditions" }).check();
  await careful.getByRole("button", { name: "Record position" }).click();
  await expect(careful.getByRole("alert")).toContainText("Say what the partner must do");
  await careful.getByLabel("Condition the partner must meet").fill("Show the release with the shorter token.");
  await careful.getByLabel("To be met by").first().fill(soon());
  await careful.getByRole("button", { name: "Record position" }).click();
  await expect(careful.getByRole("heading", { name: "Conditions so far" })).toBeVisible();
  await approve(browser, reference, ["tsc-2", "tsc-3", "sco-1", "sco-2", "sco-3"], js, baseURL!);

  // Of four who take part, three overrule it, each with a reason: then the case is carried.
  for (const member of ["tsc-1", "tsc-2", "tsc-3"]) {
    const other = await as(browser, `${member}@demo.example`, js, baseURL!);
    await other.goto(`/cases/${reference}`);
    await other.getByText("Overrule concern 1", { exact: true }).click();
    await other.getByLabel("Why would you overrule concern 1", { exact: true }).fill("The release is dated, and a condition binds it.");
    await other.getByRole("button", { name: "Overrule", exact: true }).click();
    await expect(other.getByRole("status")).toContainText("you would overrule concern 1");
    await other.context().close();
  }
  await raiser.reload();
  await expect(raiser.getByRole("heading", { name: "Decision" })).toBeVisible();
  await expect(raiser.getByText("Show the release with the shorter token.")).toBeVisible();
  await expectAccessibleInEveryLook(raiser, "a decided case with a condition", js);
  await page.goto(submission);
  await expect(page.getByText("carried", { exact: false }).first()).toBeVisible();

  // The partner shows that the condition is met, and its owner accepts that.
  await page.getByLabel("What shows that condition 1 is met", { exact: true }).fill("The release of today, with a token of an hour.");
  await expectAccessibleInEveryLook(page, "a submission with an open condition", js);
  await page.getByRole("button", { name: "Supply evidence", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Your evidence is supplied.");
  await careful.goto(`/cases/${reference}`);
  await expect(careful.getByText("The release of today, with a token of an hour.")).toBeVisible();
  await expectAccessibleInEveryLook(careful, "a case with evidence for its condition", js);
  await careful.getByRole("button", { name: "Accept condition 1 as met", exact: true }).click();
  await expect(careful.getByRole("status")).toContainText("Condition 1 is met.");
  await expect(careful.getByText("1 of 1 met", { exact: true })).toBeVisible();
  await page.goto(submission);
  await expect(page.getByRole("button", { name: "Supply evidence", exact: true })).toHaveCount(0);
  for (const other of [raiser, recused, careful]) await other.context().close();
});
