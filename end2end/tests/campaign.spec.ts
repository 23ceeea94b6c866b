// The boards review an integration: a permission ends, and the record says so. On a demonstration with two years behind it.
import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";
import { expect, expectAccessibleInEveryLook, signIn, story, test } from "./base";

async function as(browser: Browser, email: string, javaScriptEnabled: boolean, baseURL: string) {
  const context = await browser.newContext({ javaScriptEnabled, baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}

test("a quarterly review revokes a permission, and the export holds it", async ({ browser, javaScriptEnabled }, info) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  const baseURL = story(info);
  const member = await as(browser, "sco-1@demo.example", js, baseURL);
  await member.getByRole("link", { name: "Reviews" }).click();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText(/^Reviews \d{4}$/);
  await expectAccessibleInEveryLook(member, "/reviews", js);
  await member.setViewportSize({ width: 1440, height: 900 });

  // An open review of an integration that has something to lose: the first for one project, the last for the other.
  await member.goto("/cases?kind=QR&state=open");
  const links = await member.getByRole("rowheader").getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  if (!js) links.reverse();
  let path = "";
  for (const link of links) {
    await member.goto(link);
    if (await member.getByRole("radio", { name: "Reduce permissions" }).count()) {
      path = link;
      break;
    }
  }
  expect(path, "a review that can reduce").not.toBe("");
  const reference = path.split("/").pop()!;
  const name = await member.getByRole("heading", { level: 1 }).textContent();
  const campaign = await member.getByRole("link", { name: /^Q\d \d{4}$/ }).first().getAttribute("href");
  const permission = await member.getByRole("rowheader").locator("code").first().textContent();
  const integration = await member.locator("dl.facts a[href*='/partners/']").last().getAttribute("href");

  await member.getByRole("radio", { name: "Reduce permissions" }).check();
  // Whoever has recommended something before finds their reason there.
  await member.getByLabel("Reason, kept in the record").fill("");
  await member.getByRole("button", { name: "Record position" }).click();
  await expect(member.getByRole("alert").getByRole("link")).toHaveText(["Choose the permissions that are to end", "Say what you found: the partner reads it"]);
  await expect(member.getByRole("radio", { name: "Reduce permissions" })).toBeChecked();
  await expectAccessibleInEveryLook(member, "a review with errors", js);
  await member.context().close();

  const asked = async (board: string) => {
    for (const who of ["chair", "1", "2", "3", "4"]) {
      const voter = await as(browser, `${board}-${who}@demo.example`, js, baseURL);
      await voter.goto(path);
      // Who acts for another has a form for each seat; who is recused has none.
      const own = voter.locator(`form#your-position-${board}`);
      if (!(await own.count())) {
        await voter.context().close();
        continue;
      }
      if (board === "sco") {
        await own.getByRole("radio", { name: "Reduce permissions" }).check();
        await own.getByRole("checkbox", { name: permission! }).check();
        await own.getByLabel("Reason, kept in the record").fill("No screen has used it since the spring.");
      } else {
        await own.getByRole("radio", { name: "Continue", exact: true }).check();
        await own.getByLabel("Reason, kept in the record").fill("");
      }
      await own.getByRole("button", { name: "Record position" }).click();
      await expect(voter.getByRole("status")).toContainText("Your position is recorded");
      await voter.context().close();
    }
  };
  // First those who are to reduce: members may have recommended something else before.
  for (const board of ["sco", "tsc", "erc"]) await asked(board);

  const auditor = await as(browser, "auditor@demo.example", js, baseURL);
  await auditor.goto(path);
  await expect(auditor.getByText("These permissions ended at once:")).toBeVisible();
  await expectAccessibleInEveryLook(auditor, "a concluded review", js);
  await auditor.setViewportSize({ width: 1440, height: 900 });
  await auditor.goto(campaign!);
  await expect(auditor.getByRole("heading", { level: 2, name: "Progress by board" })).toBeVisible();
  await expectAccessibleInEveryLook(auditor, "/reviews/{campaign}", js);
  await auditor.setViewportSize({ width: 1440, height: 900 });
  await auditor.goto(integration!);
  await expect(auditor.getByText("No screen has used it since the spring.").first()).toBeVisible();
  await auditor.locator("summary", { hasText: "Grants that are over" }).click();
  await expect(auditor.getByRole("row", { name: permission! }).filter({ hasText: "Ended" }).first()).toBeVisible();
  await auditor.goto("/records?kind=QR");
  await expect(auditor.getByRole("button", { name: "Export as CSV" })).toHaveCount(0);
  await auditor.context().close();

  const admin = await as(browser, "admin@demo.example", js, baseURL);
  await admin.goto("/records?kind=QR&outcome=reduce");
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("button", { name: "Export as CSV" }).click(),
  ]);
  const csv = readFileSync((await download.path())!, "utf8");
  expect(csv).toContain(`${reference},reduce,`);
  expect(csv).toContain(permission!);
  expect(csv).toContain(name!.split(": ")[1]);
});

test("an administrator sets the dates of a round to come", async ({ browser, javaScriptEnabled }, info) => {
  const js = javaScriptEnabled!;
  const admin = await as(browser, "admin@demo.example", js, story(info));
  const next = new Date().getUTCFullYear() + 1;
  await admin.goto(`/reviews?year=${next}`);
  // A round of its own for each project: two of them share a database.
  const round = js ? `Q2 ${next}` : `Q3 ${next}`;
  const [opens, closes] = js ? [`${next}-05-10`, `${next}-06-20`] : [`${next}-08-10`, `${next}-09-20`];
  await admin.getByRole("link", { name: `Set the dates of ${round}` }).click();
  await admin.getByLabel("Opens on").fill(opens);
  await admin.getByLabel("Closes on").fill(opens);
  await admin.getByRole("button", { name: "Set the dates" }).click();
  await expect(admin.getByRole("alert")).toContainText("Leave the boards a week at least");
  await expect(admin.getByLabel("Opens on")).toHaveValue(opens);
  await expectAccessibleInEveryLook(admin, "dates with an error", js);
  await admin.setViewportSize({ width: 1440, height: 900 });
  await admin.getByLabel("Closes on").fill(closes);
  await admin.getByRole("button", { name: "Set the dates" }).click();
  await expect(admin.getByRole("status")).toContainText("The dates are set.");
});

test("every page of the story is whole and accessible", async ({ browser, javaScriptEnabled }, info) => {
  test.setTimeout(180_000);
  const js = javaScriptEnabled!;
  const looks: [string, string[]][] = [
    ["sco-4@demo.example", ["/docket", "/inbox", "/cases", "/overview", "/partners/brightwater-funding", "/partners/helio-health/claims-reader"]],
    ["auditor@demo.example", ["/audit", "/records"]],
    ["partner@orbit-crm.demo.example", ["/", "/submissions", "/partners/orbit-crm/client-timeline"]],
  ];
  for (const [email, paths] of looks) {
    const page = await as(browser, email, js, story(info));
    for (const path of paths) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await expectAccessibleInEveryLook(page, `${path} of the story`, js);
    }
    await page.context().close();
  }
});
