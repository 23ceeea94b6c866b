// A newer version of a manifest is recorded without a vote, as long as it asks for nothing that is not granted.
import { approve, as, expect, expectAccessibleInEveryLook, register, signIn, submitStatus, test } from "./base";

test("a newer version is recorded, a wider one is refused, and the boards read the history", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  // An integration of its own for each project: two of them share a database.
  const [slug, name] = js ? ["call-notes", "Call Notes"] : ["meeting-notes", "Meeting Notes"];
  const path = `/partners/orbit-crm/${slug}`;
  await register(browser, "orbit-crm", [slug, name], ["API", "Extension"], js, baseURL!);
  await signIn(page, "partner@orbit-crm.demo.example");
  const reference = await submitStatus(page, slug, name);
  await approve(browser, reference, ["tsc-1", "tsc-2", "tsc-3", "sco-1", "sco-2", "sco-3"], js, baseURL!);

  const versions = page.getByRole("table", { name: "Manifest versions" });
  await page.goto(path);
  await expect(versions.getByRole("row", { name: "1.4.0" })).toContainText("The first version on record.");
  await page.getByRole("link", { name: "Record a version" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Record a version");

  const endpoint = (path: string) => ({ path, permissions: ["read:items.status"], rate_per_minute: 60 });
  const manifest = (permissions: object[]) =>
    JSON.stringify(
      {
        id: "example.partner.notes",
        name,
        version: "1.5.0",
        entry: "dist/index.js",
        permissions,
        api: { endpoints: [endpoint("GET /v4/items"), endpoint("GET /v4/notes")] },
        extension: { components: [{ name: "Notes", kind: "ui" }] },
      },
      null,
      2,
    );
  const status = { key: "read:items.status", retention_hours: 24 };
  await page.getByLabel("The manifest").fill(manifest([{ ...status, retention_hours: 48 }, { key: "read:items.type" }]));
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([
    /^\/permissions\/0: read:items\.status is granted with 24 hours of retention, and this asks for 48/,
    /^\/permissions\/1: read:items\.type is not granted: submit a permission justification for it/,
  ]);
  await expect(page.getByLabel("The manifest")).toHaveValue(/"retention_hours": 48/);
  await expectAccessibleInEveryLook(page, "a version with errors", js);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel("The manifest").fill(manifest([status]));
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("1.5.0 is recorded.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Manifest versions");
  await expect(versions.getByRole("row", { name: "1.5.0" })).toContainText("Endpoint: GET /v4/notes");
  await expectAccessibleInEveryLook(page, "the versions of one's own manifest", js);

  const member = await as(browser, "sco-4@demo.example", js, baseURL!);
  await member.goto(path);
  await expect(member.getByRole("link", { name: "Record a version" })).toHaveCount(0);
  await member.getByRole("link", { name: "All versions" }).click();
  const history = member.getByRole("table", { name: "Manifest versions" });
  await expect(history.getByRole("rowheader")).toHaveText(["1.5.0", "1.4.0"]);
  await expect(history.getByRole("row", { name: "1.5.0" })).toContainText("Felix Brandt");
  await expect(history.getByRole("row", { name: "1.4.0" }).getByRole("link", { name: reference })).toHaveAttribute("href", `/cases/${reference}`);
  await expectAccessibleInEveryLook(member, "the versions of a manifest", js);
  const kept = await member.request.get(`${path}/versions/1.5.0/manifest.json`);
  expect(kept.headers()["content-disposition"]).toContain(`${slug}-1.5.0-manifest.json`);
  expect(JSON.parse(await kept.text()).api.endpoints[1].path).toBe("GET /v4/notes");
  await member.context().close();
});
