// The catalogue: one administrator proposes a change, another one decides, and until then it stays as it is.
import { as, expect, expectAccessibleInEveryLook, importManifest, manifestOf, register, signIn, start, test } from "./base";

test("a second administrator approves a change of the catalogue, and another is declined or withdrawn", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  // An entry and an integration of its own for each project, which no other journey declares: two of them share a database.
  const [key, dropped, before, after, slug, name] = js
    ? ["read:comparisons.summary", "comparisons.report_b", "What changed between two reports, in a sentence", "How two reports differ, in a sentence", "report-letters", "Report Letters"]
    : ["read:profile.locale", "profile.time_zone", "A person's language and time zone", "In which language to write to a person", "call-times", "Call Times"];

  // Before the boards is what asks for a field that the entry is to lose.
  await register(browser, "orbit-crm", [slug, name], ["API"], js, baseURL!);
  const partner = await as(browser, "partner@orbit-crm.demo.example", js, baseURL!);
  const list = await start(partner, slug, name);
  const sound = manifestOf(name);
  const manifest = {
    ...sound,
    permissions: [{ ...sound.permissions[0], key, fields: [dropped] }],
    api: { ...sound.api, endpoints: [{ path: "GET /v4/health", permissions: [], rate_per_minute: 60 }] },
  };
  await importManifest(partner, list, manifest);
  await partner.getByRole("link", { name: "Check your answers and submit" }).click();
  await partner.getByRole("button", { name: "Submit to the boards" }).click();
  await expect(partner.getByRole("heading", { level: 1 })).toHaveText("Submitted to the boards");

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
  await fields.fill(offered.split(/\r?\n/).filter((line) => line.split(/\s/)[0] !== dropped).join("\n"));
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

  // What is before the boards stays as it was found; what would be found today stands beside it.
  const member = await as(browser, "sco-1@demo.example", js, baseURL!);
  await member.goto(`/cases/${list.split("/").pop()}`);
  await expect(member.getByRole("heading", { name: "Would differ under today’s rules" })).toBeVisible();
  await expect(member.getByText(`Remove ${dropped}, which ${key} does not offer`)).toBeVisible();
  await expectAccessibleInEveryLook(member, "a case with what would differ", js);

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
  for (const other of [policy, second, partner, member]) await other.context().close();
});
