// The catalogue: one administrator proposes a change, another one decides, and until then it stays as it is.
import { as, expect, expectAccessibleInEveryLook, signIn, test } from "./base";

test("a second administrator approves a change of the catalogue, and another is declined or withdrawn", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(240_000);
  const js = javaScriptEnabled!;
  // An entry of its own for each project, which no journey declares: two of them share a database.
  const [key, before, after] = js
    ? ["read:exports.status", "Whether an export is ready", "How far an export is"]
    : ["read:profile.locale", "A person's language and time zone", "In which language and at what time to write to a person"];
  await signIn(page, "admin@demo.example");
  await page.goto("/admin/catalogue");
  await page.getByRole("link", { name: `Propose a change of ${key}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Propose a change of ${key}`);
  const title = page.getByLabel("What it is for");
  const fields = page.getByLabel("Fields", { exact: true });
  const why = page.getByLabel("Why?");
  const change = page.getByRole("button", { name: "Propose this change" });
  await expect(title).toHaveValue(before);
  const offered = await fields.inputValue();
  await title.fill(after);
  await fields.fill(`${offered}\nnotes.size`);
  await change.click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([/^Name the data class of notes\.size behind it/, "Give a reason"]);
  await expect(fields).toHaveAccessibleDescription(/Name the data class of notes\.size behind it/);
  await expect(title).toHaveValue(after);
  await expect(fields).toHaveValue(/notes\.size$/);
  await expectAccessibleInEveryLook(page, "a change of the catalogue with errors", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  await fields.fill(offered);
  await why.fill("Partners took it for something else.");
  await change.click();
  await expect(page.getByRole("status")).toContainText("Nothing changes before another administrator approves it.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit ${key}`);
  await expect(page.getByText(`${key}: called “${before}” → “${after}”`)).toBeVisible();
  await expect(page.getByText("You proposed it, so another administrator decides.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await expectAccessibleInEveryLook(page, "a proposal of one's own", js);
  await page.setViewportSize({ width: 1440, height: 900 });

  const policy = await as(browser, "auditor@demo.example", js, baseURL!);
  const entry = policy.getByRole("region", { name: "Catalogue", exact: true }).getByRole("row", { name: key });
  await policy.goto("/policy");
  await expect(entry).toContainText(before);
  const second = await as(browser, "admin-2@demo.example", js, baseURL!);
  await second.goto("/admin/catalogue");
  await expectAccessibleInEveryLook(second, "/admin/catalogue with a proposal", js);
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.getByRole("region", { name: "Proposals" }).getByRole("link", { name: `Edit ${key}` }).click();
  await expectAccessibleInEveryLook(second, "a proposal of somebody else", js);
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.getByRole("button", { name: "Approve" }).click();
  await expect(second.getByRole("status")).toContainText(/It is approved: version \d+ of the catalogue holds from now on\./);
  await expect(second.getByText(/It made version \d+\./)).toBeVisible();
  await policy.reload();
  await expect(entry).toContainText(after);

  // The way back is declined.
  await page.goto(`/admin/catalogue/${key}`);
  await title.fill(before);
  await why.fill("It was better before.");
  await change.click();
  await expect(page.getByText(`${key}: called “${after}” → “${before}”`)).toBeVisible();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Decline" }).click();
  await expect(second.getByRole("alert").getByRole("link")).toHaveText(["Give a reason"]);
  await expectAccessibleInEveryLook(second, "a proposal with an error", js);
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.getByLabel("Your reason").fill("Nobody takes it for something else now.");
  await second.getByRole("button", { name: "Decline" }).click();
  await expect(second.getByRole("status")).toContainText("It is declined. The catalogue stays as it is.");
  await page.reload();
  await expect(page.getByText("Declined", { exact: true })).toBeVisible();
  await expect(page.getByText("Nobody takes it for something else now.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Withdraw the proposal" })).toHaveCount(0);

  // Another is withdrawn by whoever proposed it.
  await page.goto(`/admin/catalogue/${key}`);
  await why.fill("Nobody asks for it.");
  await page.getByRole("button", { name: "Propose to retire it instead" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Retire ${key}`);
  await page.getByRole("button", { name: "Withdraw the proposal" }).click();
  await expect(page.getByRole("status")).toContainText("It is withdrawn. The catalogue stays as it is.");
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
  await policy.reload();
  await expect(entry).toContainText(after);
  await expect(entry).not.toContainText("Retired");
  for (const other of [policy, second]) await other.context().close();
});
