// A meeting of a board: planned, a case deferred to it, held, minuted by its secretary, and its minutes approved.
import { readFileSync } from "node:fs";
import { as, approve, expect, expectAccessibleInEveryLook, register, signIn, submitStatus, test } from "./base";

test("a case is deferred to a meeting, its secretary records positions, and the chair approves the minutes", async ({ page, browser, javaScriptEnabled, baseURL }) => {
  test.setTimeout(300_000);
  const js = javaScriptEnabled!;
  const [slug, name] = js ? ["debt-minutes", "Debt Minutes"] : ["debt-agenda", "Debt Agenda"];
  await register(browser, "quayside-lending", [slug, name], ["API"], js, baseURL!);
  await signIn(page, "partner@quayside-lending.demo.example");
  const reference = await submitStatus(page, slug, name);

  // Each project has a board of its own, so that the next meeting is its own; a meeting that is entered late has begun.
  const [board, other] = js ? ["sco", "tsc"] : ["tsc", "sco"];
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const [coming, begun] = js ? [day(20), day(-2)] : [day(27), day(-4)];
  const meetings = `/boards/${board}/meetings`;
  const chair = await as(browser, `${board}-chair@demo.example`, js, baseURL!);
  await chair.goto(`/boards/${board}`);
  await chair.getByRole("link", { name: "Meetings", exact: true }).click();
  await chair.getByText("Plan a meeting", { exact: true }).click();
  await chair.getByLabel("Day", { exact: true }).fill(coming);
  await chair.getByLabel("Time, UTC").fill("14:00");
  await chair.getByRole("button", { name: "Plan the meeting" }).click();
  await expect(chair.getByRole("alert")).toContainText("Say where it is held, or give a link");
  await expect(chair.getByLabel("Time, UTC")).toHaveValue("14:00");
  await expectAccessibleInEveryLook(chair, "meetings with an error", js);
  await chair.getByLabel("Place or link").fill("Room 4");
  await chair.getByRole("button", { name: "Plan the meeting" }).click();
  await expect(chair.getByRole("status")).toContainText("is planned.");

  const member = await as(browser, `${board}-4@demo.example`, js, baseURL!);
  await member.goto(`/cases/${reference}`);
  await member.getByText("Defer to the next meeting", { exact: true }).click();
  await member.getByLabel("Why should the board talk about it?").fill("The log must be looked at together.");
  await member.getByRole("button", { name: "Defer the case" }).click();
  await expect(member.getByRole("status")).toContainText("Its ballot closes when it would have.");
  await expectAccessibleInEveryLook(member, "a case that is deferred", js);
  await chair.goto(`${meetings}/${coming}`);
  await expect(chair.getByRole("rowheader").filter({ hasText: reference })).toBeVisible();
  await expect(chair.getByText("The log must be looked at together.")).toBeVisible();
  await expectAccessibleInEveryLook(chair, "a meeting", js);
  await chair.getByRole("link", { name: "Packet" }).click();
  await expect(chair.getByRole("heading", { level: 2 }).filter({ hasText: reference })).toBeVisible();
  await expectAccessibleInEveryLook(chair, "a packet", js);
  await page.goto(`${meetings}/${coming}`);
  await expect(page.getByText("The log must be looked at together.")).toHaveCount(0);

  // What was held in the days before is entered late: what closes soon after it is on its agenda.
  await chair.goto(meetings);
  await chair.getByText("Plan a meeting", { exact: true }).click();
  await chair.getByLabel("Day", { exact: true }).fill(begun);
  await chair.getByLabel("Time, UTC").fill("09:00");
  await chair.getByLabel("Place or link").fill("https://meet.example/board");
  await chair.getByLabel("Secretary").selectOption({ index: 2 });
  const secretaryName = await chair.getByLabel("Secretary").locator("option:checked").textContent();
  await chair.getByRole("button", { name: "Plan the meeting" }).click();
  await chair.getByRole("button", { name: "Mark the meeting held" }).click();
  await expect(chair.getByRole("status")).toContainText("Its agenda stands.");
  await expect(chair.getByText(secretaryName!, { exact: true }).first()).toBeVisible();
  await expectAccessibleInEveryLook(chair, "minutes", js);
  await chair.getByRole("button", { name: "Approve the minutes" }).click();
  await expect(chair.getByRole("status")).toContainText("Nothing in them changes any more.");

  const [download] = await Promise.all([chair.waitForEvent("download"), chair.getByRole("link", { name: "Minutes as Markdown" }).click()]);
  expect(download.suggestedFilename()).toBe(`${board}-${begun}-minutes.md`);
  expect(readFileSync(await download.path(), "utf8")).toContain("# Minutes: ");

  // The case is decided as any other.
  await approve(browser, reference, [`${board}-1`, `${board}-2`, `${board}-3`, `${other}-1`, `${other}-2`, `${other}-3`], js, baseURL!);
  await member.goto(`/cases/${reference}`);
  await expect(member.getByRole("heading", { name: "Decision" })).toBeVisible();
  for (const one of [chair, member]) await one.context().close();
});
