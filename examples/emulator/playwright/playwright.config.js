import { defineConfig } from "@playwright/test";

const PAGE = "http://localhost:4117";

export default defineConfig({
  testDir: "tests",
  use: {
    baseURL: PAGE,
    // A browser of the system, if one is named; else the one that Playwright installs.
    launchOptions: { executablePath: process.env.CHROMIUM },
  },
  webServer: { command: "node serve.js", url: PAGE },
});
