// The register: an administrator registers a partner and its integration and invites its user, who sees their own alone.
import { expect, expectAccessibleInEveryLook, signIn, test } from "./base";

test("a partner, its integration and its user are registered, and the user sees their own alone", async ({ page, browser, baseURL, javaScriptEnabled }) => {
  // Names of its own for each project: two of them share a database.
  const slug = javaScriptEnabled ? "osprey-labs" : "osprey-works";
  const name = javaScriptEnabled ? "Osprey Labs" : "Osprey Works";
  await signIn(page, "admin@demo.example");
  await page.getByRole("link", { name: "Partner register" }).click();

  await page.getByLabel("Short name").fill("Osprey!");
  await page.getByRole("button", { name: "Register partner" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Enter the partner's name", "Use small letters, digits and single hyphens, at most 40"]);
  await expect(page.getByLabel("Short name")).toHaveValue("Osprey!");
  await expectAccessibleInEveryLook(page, "/admin/partners with errors", javaScriptEnabled!);

  await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
  await page.getByLabel("Short name").fill(slug);
  await page.getByLabel("Tier 2, workflow").check();
  await page.getByRole("group", { name: "Security contact" }).getByLabel("Name").fill("Tom Osprey");
  await page.getByRole("group", { name: "Security contact" }).getByLabel("Email address").fill("tom@osprey.example");
  await page.getByRole("button", { name: "Register partner" }).click();
  await expect(page.getByRole("status")).toHaveText(`${name} is registered. Register what it integrates.`);

  await page.getByLabel("Name", { exact: true }).fill("Nest");
  await page.getByLabel("Short name").fill("nest");
  await page.getByRole("button", { name: "Register integration" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Choose at least one layer", "Say what the integration does"]);
  await expectAccessibleInEveryLook(page, "integrations with errors", javaScriptEnabled!);
  await page.getByLabel("API").check();
  await page.getByLabel("What it does").fill("Keeps an eye on what is open.");
  await page.getByRole("button", { name: "Register integration" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name}: Nest`);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "People" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Tom Osprey");
  await page.getByLabel("Work email address").fill(`tom@${slug}.example`);
  await page.getByLabel("Partner user").check();
  await page.getByLabel("Partner", { exact: true }).fill(slug);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.getByLabel("Link to set a password").inputValue();
  await expectAccessibleInEveryLook(page, "/admin/people with a link", javaScriptEnabled!);

  const elsewhere = await browser.newContext({ baseURL, javaScriptEnabled });
  const tom = await elsewhere.newPage();
  await tom.goto(link);
  await tom.getByLabel("New password").fill("quince harbour lamp");
  await tom.getByRole("button", { name: "Set password" }).click();
  await tom.getByLabel("Work email address").fill(`tom@${slug}.example`);
  await tom.getByLabel("Password", { exact: true }).fill("quince harbour lamp");
  await tom.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(tom.getByRole("heading", { level: 1 })).toHaveText(name);
  await tom.getByRole("link", { name: "Nest" }).click();
  await expect(tom.getByRole("heading", { level: 1 })).toHaveText(`${name}: Nest`);
  await tom.goto("/partners/orbit-crm");
  await expect(tom.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await elsewhere.close();
});
