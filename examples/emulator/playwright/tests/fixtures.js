import { test as base } from "@playwright/test";
import { start } from "okta-emulator";

export { expect } from "@playwright/test";

export const test = base.extend({
  // Each worker has an org of its own, so that tests may run at the same time.
  workerOrg: [
    async ({}, use, { project }) => {
      const org = await start({ pageOrigins: [project.use.baseURL] });
      await use(org);
      await org.close();
    },
    { scope: "worker" },
  ],
  // Each test finds it as at the start.
  org: async ({ workerOrg }, use) => {
    await use(workerOrg);
    await workerOrg.reset();
  },
  // How the page learns where its org is. In a project of your own, this is how your page is configured.
  page: async ({ page, org }, use) => {
    await page.addInitScript((url) => (window.oktaOrg = url), org.url);
    await use(page);
  },
});
