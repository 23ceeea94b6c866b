// The boards decide: from a partner's submission to positions, a decision and grants.
import { approve, as, expect, expectAccessibleInEveryLook, signIn, submitStatus, test } from "./base";

test("two boards decide on a submission, and its grants appear", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(240_000);
  const js = javaScriptEnabled!;
  // An integration of its own for each project: two of them share a database.
  const [slug, name] = js ? ["readiness-check", "Readiness Check"] : ["rate-finder", "Rate Finder"];
  await signIn(page, "partner@quayside-lending.demo.example");
  const reference = await submitStatus(page, slug, name);
  await page.getByRole("link", { name: "See the submission" }).click();
  await expect(page.getByRole("heading", { name: "The boards" })).toBeVisible();

  const member = await as(browser, "sco-1@demo.example", js, baseURL!);
  await member.goto(`/docket?q=${reference}`);
  await member.getByRole("row", { name: reference }).getByRole("link", { name: "Quayside Lending" }).click();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText(`Quayside Lending: ${name}`);
  await member.getByRole("radio", { name: "Object" }).check();
  await expect(member.getByText("is held until your concerns are resolved")).toBeVisible();
  await member.getByRole("button", { name: "Record position" }).click();
  await expect(member.getByRole("alert")).toContainText("Name your concern in a few words");
  await expect(member.getByRole("alert")).toContainText("Say what you object to");
  await expectAccessibleInEveryLook(member, "a case with an error", js);
  await member.setViewportSize({ width: 1440, height: 900 });
  await member.getByLabel("Name your concern").fill("consent wording");
  await member.getByLabel("Reason, kept in the record").fill("The consent screen does not name the lender.");
  await member.getByRole("button", { name: "Record position" }).click();
  await expect(member.getByRole("status")).toContainText("Your position is recorded: object.");
  await member.goto("/docket");
  await expect(member.getByRole("row", { name: reference })).toHaveCount(0);
  await member.goto(`/cases?q=${reference}`);
  await expect(member.getByText("SCO: Priya Raman’s concern “consent wording” is open")).toBeVisible();
  await expectAccessibleInEveryLook(member, "/cases", js);

  await page.reload();
  await expect(page.getByText("The consent screen does not name the lender.").first()).toBeVisible();
  await expect(page.getByText("Priya Raman")).toHaveCount(0);
  await expectAccessibleInEveryLook(page, "a submission with an objection", js);

  // Those who still have to speak see it in their docket.
  const others = await as(browser, "tsc-1@demo.example", js, baseURL!);
  await others.goto("/docket");
  await expectAccessibleInEveryLook(others, "a docket with a case", js);
  await approve(browser, reference, ["tsc-1", "tsc-2", "tsc-3", "sco-2", "sco-3", "sco-4"], js, baseURL!);
  await member.setViewportSize({ width: 1440, height: 900 });
  await member.goto(`/cases/${reference}`);
  await expect(member.getByText("Held by an objection")).toBeVisible();
  await member.getByRole("radio", { name: "Abstain" }).check();
  await expect(member.getByText("the case is decided: carried").filter({ visible: true })).toHaveCount(1);
  await member.getByRole("button", { name: "Record position" }).click();
  await expect(member.getByRole("status")).toContainText(`${reference} is decided: carried.`);
  await expectAccessibleInEveryLook(member, "a decided case", js);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/partners/quayside-lending/${slug}`);
  await expect(page.getByRole("row", { name: "read:items.status" }).getByText("In force")).toBeVisible();
  await expectAccessibleInEveryLook(page, "an integration with a grant", js);
  for (const other of [member, others]) await other.context().close();
});
