import { defineConfig } from "cypress";
import { start } from "okta-emulator";

const PAGE = "http://localhost:4117";

export default defineConfig({
  e2e: {
    baseUrl: PAGE,
    supportFile: false,
    async setupNodeEvents(on, config) {
      const org = await start({ pageOrigins: [PAGE] });
      on("after:run", () => org.close());
      on("task", {
        reset: () => org.reset().then(() => null),
        lastCode: async () => (await org.outbox()).at(-1)?.code ?? null,
      });
      config.env.org = org.url;
      return config;
    },
  },
});
