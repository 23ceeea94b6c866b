// Journeys through the release, in the system's Chromium. `.ci/journey` starts a server for each database and names them.
import { defineConfig, devices } from "@playwright/test";

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

// A page is the same whatever keeps its data: what is done without JavaScript is done on one database.
const projects = [
  { database: "sqlite", javaScriptEnabled: true },
  { database: "sqlite", javaScriptEnabled: false },
  { database: "postgres", javaScriptEnabled: true },
] as const;
const servers = { sqlite: process.env.KWANUS_SQLITE_SITE, postgres: process.env.KWANUS_POSTGRES_SITE };

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: [["list"]],
  timeout: 60_000,
  projects: projects.map(({ database, javaScriptEnabled }) => ({
    name: `${database}, ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    use: { ...devices["Desktop Chrome"], baseURL: servers[database], javaScriptEnabled, launchOptions, actionTimeout: 20_000 },
  })),
});
