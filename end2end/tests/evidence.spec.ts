// A partner shows that it is as it says: files and links beside its answers, and a manifest that is sent as a file.
import { createHash } from "node:crypto";
import { expect, expectAccessibleInEveryLook, register, signIn, test } from "./base";

const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3, 0x0d, 0x0a, 0x00, 0xff]), Buffer.from("%%EOF")]);
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 0, 0, 0x08, 0]);
const key = "read:items.status";
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test("a partner attaches evidence, gets it back byte for byte, and imports a manifest", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(240_000);
  const js = javaScriptEnabled!;
  // An integration of its own for each project: two of them share a database.
  const [slug, name] = js ? ["brief-binder", "Brief Binder"] : ["court-calendar", "Court Calendar"];
  await register(browser, "copperline-legal", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@copperline-legal.demo.example");
  await page.goto(`/submissions/new?integration=${slug}`);
  await page.getByLabel("For which integration?").selectOption(name);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Justify the permissions of ${name}`);
  const list = page.url();
  const task = page.locator("ul.tasks > li").filter({ hasText: key });
  await page.getByLabel("Add a permission").fill(key);
  await page.getByRole("button", { name: "Add permission" }).click();
  await page.getByRole("link", { name: "Evidence", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Evidence for ${key}`);
  await expect(page.getByText("Nothing is attached.")).toBeVisible();
  const evidence = page.url();

  const file = page.getByRole("form", { name: "Attach a file" });
  await file.getByLabel("Which file?").setInputFiles({ name: "invoice.pdf", mimeType: "application/pdf", buffer: zip });
  await file.getByLabel("When was it made?").fill(yesterday);
  await file.getByLabel("What does it show?").fill("Screen 2, as people see it.");
  await file.getByRole("button", { name: "Attach file" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([/^“invoice\.pdf” is named as a PDF and is a zip archive/]);
  await expect(file.getByLabel("Which file?")).toHaveAccessibleDescription(/“invoice\.pdf” is named as a PDF and is a zip archive/);
  await expect(file.getByLabel("When was it made?")).toHaveValue(yesterday);
  await expect(file.getByLabel("What does it show?")).toHaveValue("Screen 2, as people see it.");
  await expectAccessibleInEveryLook(page, "evidence with an error", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  await file.getByLabel("Which file?").setInputFiles({ name: "deletion.pdf", mimeType: "application/pdf", buffer: pdf });
  await file.getByRole("button", { name: "Attach file" }).click();
  await expect(page.getByRole("status")).toHaveText("“deletion.pdf” is attached.");
  await expect(page.getByText("Screen 2, as people see it.")).toBeVisible();

  const link = page.getByRole("form", { name: "Attach a link" });
  await link.getByLabel("Which address?").fill("http://docs.copperline.example/deletion");
  await link.getByLabel("When was it made?").fill(yesterday);
  await link.getByLabel("What does it show?").fill("The second paragraph: when the data goes.");
  await link.getByRole("button", { name: "Attach link" }).click();
  await expect(page.getByRole("alert")).toContainText("begins with https://");
  await expect(link.getByLabel("Which address?")).toHaveValue("http://docs.copperline.example/deletion");
  await expect(link.getByLabel("What does it show?")).toHaveValue("The second paragraph: when the data goes.");
  await link.getByLabel("Which address?").fill("https://docs.copperline.example/deletion");
  await link.getByRole("button", { name: "Attach link" }).click();
  await expect(page.getByRole("status")).toHaveText("The link is attached.");
  await expect(page.getByRole("link", { name: "https://docs.copperline.example/deletion" })).toBeVisible();
  await expect(page.getByText("The second paragraph: when the data goes.")).toBeVisible();

  await page.locator("summary").filter({ hasText: "SHA-256" }).click();
  await expect(page.getByText(createHash("sha256").update(pdf).digest("hex"), { exact: true })).toBeVisible();
  await expectAccessibleInEveryLook(page, "evidence that is attached", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  const address = (await page.getByRole("link", { name: "deletion.pdf", exact: true }).getAttribute("href"))!;
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment; filename="deletion\.pdf"/);
  expect(answer.headers()["content-security-policy"]).toMatch(/^sandbox;/);
  expect((await answer.body()).equals(pdf), "byte for byte").toBe(true);

  // A manifest that is sent as a file: what is wrong with it stands in the form, to be mended there.
  const manifest = (permission: string) =>
    Buffer.from(JSON.stringify({ permissions: [{ key: permission, fields: ["items.status"], retention_hours: 12 }] }, null, 2));
  await page.goto(list);
  await expect(task).toContainText("1 file, 1 link");
  await page.getByRole("link", { name: "Import a manifest" }).click();
  const manifestFile = page.getByLabel("The file", { exact: true });
  await manifestFile.setInputFiles({ name: "manifest.json", mimeType: "application/json", buffer: manifest("read:*") });
  await page.getByRole("button", { name: "Import the file" }).click();
  await expect(page.getByRole("alert")).toContainText("/permissions/0");
  await expect(page.getByLabel("The manifest")).toHaveValue(/"read:\*"/);
  await expectAccessibleInEveryLook(page, "a manifest file with an error", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  await manifestFile.setInputFiles({ name: "manifest.json", mimeType: "application/json", buffer: manifest(key) });
  await page.getByRole("button", { name: "Import the file" }).click();
  await expect(page.getByRole("status")).toContainText("The manifest is imported.");
  await expect(task).toContainText("1 file, 1 link");
  await page.getByRole("link", { name: key }).click();
  await expect(page.getByLabel("How many hours do you keep the data?")).toHaveValue("12");

  await page.goto(evidence);
  await page.getByRole("button", { name: /^Remove.*deletion\.pdf/ }).click();
  await expect(page.getByRole("status")).toHaveText("It is removed.");
  await expect(page.getByRole("link", { name: "deletion.pdf", exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Remove.*the link/ })).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(404);

  // The next run begins anew with this integration.
  await page.goto(list);
  await page.getByText("Delete this draft").click();
  await page.getByRole("button", { name: "Delete draft" }).click();
  await expect(page.getByText("is deleted.")).toBeVisible();
});
