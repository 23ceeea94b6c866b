// What every journey shares: a page on which no error of the console goes unseen, and ways to do what a person does.
import { test as base, expect, type Page } from "@playwright/test";

export const PASSWORD = "demonstration-only";

export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // A page that is meant to be an error is reported by the browser as well.
        if (!/the server responded with a status of 4\d\d/.test(message.text())) errors.push(message.text());
      });
      await use(errors);
      expect(errors, "messages in the console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function signIn(page: Page, email: string) {
  await page.goto("/sign-in");
  await page.getByLabel("Work email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeAttached();
}
