// An integration goes to Maintenance and to Deprecation: proposed, advised on, decided with the final word, and told to everybody.
import type { Browser, Page } from "@playwright/test";
import { expect, expectAccessibleInEveryLook, signIn, test } from "./base";

async function as(browser: Browser, email: string, javaScriptEnabled: boolean, baseURL: string) {
  const context = await browser.newContext({ javaScriptEnabled, baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}

test("an integration is deprecated by decision, and everybody can read it", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  // An integration of its own for each project: two of them share a database.
  const [path, boards] = js
    ? ["/partners/copperline-legal/matter-file", ["tsc", "sco"]]
    : ["/partners/orbit-crm/client-timeline", ["tsc", "sco", "erc"]];
  const approve = async (reference: string, of: string[]) => {
    for (const board of of) {
      for (const number of [1, 2, 3]) {
        const voter = await as(browser, `${board}-${number}@demo.example`, js, baseURL!);
        await voter.goto(`/cases/${reference}`);
        await voter.getByRole("radio", { name: "Approve", exact: true }).check();
        await voter.getByRole("button", { name: "Record position" }).click();
        await expect(voter.getByRole("status")).toContainText("Your position is recorded: approve.");
        await voter.context().close();
      }
    }
  };
  const proposed = async (on: Page) => {
    const notice = await on.getByRole("status").textContent();
    return notice!.match(/LT-\d+-\d+/)![0];
  };

  await signIn(page, "tsc-chair@demo.example");
  await page.goto(path);
  await page.getByRole("link", { name: "Propose Maintenance" }).click();
  await page.getByRole("button", { name: "Propose to the boards" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Give a reason"]);
  await page.getByLabel("Why?").fill("Its successor is announced, and nothing new is built on it.");
  await page.getByRole("button", { name: "Propose to the boards" }).click();
  const first = await proposed(page);
  await expect(page.getByText(`${first} proposes Maintenance`)).toBeVisible();
  await page.goto(`/cases/${first}`);
  await expect(page.getByText("You proposed this yourself")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a transition that one proposed", js);
  await approve(first, boards);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(path);
  await page.getByRole("link", { name: "Propose Deprecation" }).click();
  await page.getByLabel("Why?").fill("Two years after its successor.");
  await page.getByLabel("Notice to the public").fill("It ends; its successor reads the same fields.");
  await page.getByLabel("How many months does it last at least?").fill("3");
  await page.getByRole("button", { name: "Propose to the boards" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter 6 to 36 months");
  await expect(page.getByLabel("Notice to the public")).toHaveValue("It ends; its successor reads the same fields.");
  await expectAccessibleInEveryLook(page, "a deprecation with errors", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const plan of ["Migration plan", "Compatibility plan", "Testing plan", "Rollback plan", "Fallback, read-only"]) {
    await page.getByLabel(plan).fill(`${plan}, as agreed with those who use it.`);
  }
  await page.getByLabel("How many months does it last at least?").fill("12");
  await page.getByRole("button", { name: "Propose to the boards" }).click();
  const second = await proposed(page);
  await approve(second, ["tsc", "sco", "erc", "cgb"]);
  await page.goto(path);
  await expect(page.getByText("Support may end on")).toBeVisible();
  await expectAccessibleInEveryLook(page, "a deprecated integration", js);

  const anybody = await browser.newContext({ javaScriptEnabled, baseURL });
  const notice = await anybody.newPage();
  await notice.goto("/deprecations");
  await expect(notice.getByText("It ends; its successor reads the same fields.").first()).toBeVisible();
  await expectAccessibleInEveryLook(notice, "/deprecations", js);
  await anybody.close();

  const admin = await as(browser, "admin@demo.example", js, baseURL!);
  await admin.goto("/records?kind=LT");
  await expect(admin.getByText(second)).toBeVisible();
  const download = admin.waitForEvent("download");
  await admin.getByRole("button", { name: "Export as CSV" }).click();
  const file = await (await download).createReadStream();
  let text = "";
  for await (const piece of file) text += piece;
  expect(text).toContain(second);
  await admin.goto(`/audit?case=${second}`);
  await expect(admin.getByRole("cell", { name: "Transition proposed" })).toBeVisible();
  await expectAccessibleInEveryLook(admin, "/audit", js);
  await admin.goto("/overview");
  await expectAccessibleInEveryLook(admin, "/overview with decisions", js);
  await admin.goto("/records");
  await expectAccessibleInEveryLook(admin, "/records", js);
  await admin.context().close();
});
