// A declined case: its partner appeals with new facts, the boards carry that, and what was asked for is granted.
import { approve, as, expect, expectAccessibleInEveryLook, register, signIn, submitStatus, test } from "./base";

test("a declined case is appealed with new facts, and carried", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  const [slug, name] = js ? ["payment-plan", "Payment Plan"] : ["payment-log", "Payment Log"];
  await register(browser, "quayside-lending", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@quayside-lending.demo.example");
  const reference = await submitStatus(page, slug, name);

  // One of five objects, and two approve nothing: three can approve it no more.
  const objector = await as(browser, "sco-4@demo.example", js, baseURL!);
  await objector.goto(`/cases/${reference}`);
  await objector.getByRole("radio", { name: "Object" }).check();
  await objector.getByLabel("Name your concern").fill("consent");
  await objector.getByLabel("Reason, kept in the record").fill("Nothing shows where people consent.");
  await objector.getByRole("button", { name: "Record position" }).click();
  await expect(objector.getByRole("heading", { name: "1. consent" })).toBeVisible();
  for (const member of ["sco-1", "sco-2"]) {
    const other = await as(browser, `${member}@demo.example`, js, baseURL!);
    await other.goto(`/cases/${reference}`);
    await other.getByRole("radio", { name: "Abstain" }).check();
    await other.getByRole("button", { name: "Record position" }).click();
    await expect(other.getByRole("status")).toContainText(/Your position is recorded: abstain\.|is decided: declined\./);
    await other.context().close();
  }
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
