import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

const FILE = "okta-sign-in-core_bg.wasm";
const integrity = "sha384-1f";
const LINK = `<link rel="preload" href="${FILE}" as="fetch">`;
const PRELOADED = { integrity, cache: "default", mode: "no-cors", credentials: "include" };
const OTHERWISE = { integrity, cache: "default" };

for (const [name, body, origin, attempt, expected] of [
  ["preloaded from its own origin", LINK, "https://app.example", 0, PRELOADED],
  ["preloaded from another origin", LINK, "https://cdn.example", 0, OTHERWISE],
  ["preloaded by a link for other origins", LINK.replace(">", " crossorigin>"), "https://app.example", 0, OTHERWISE],
  ["not preloaded", "", "https://app.example", 0, OTHERWISE],
  ["that has failed", LINK, "https://app.example", 1, { integrity, cache: "reload" }],
]) {
  test(`a file ${name} is asked for as the link has`, async (t) => {
    const page = await openPage(t, { body });
    const { fetchChecked } = await page.script("fetch-checked.js");
    page.respond = () => new Response("");
    await fetchChecked({ url: new URL(FILE, origin), integrity }, attempt);
    assert.deepEqual(page.requests, [{ url: `${origin}/${FILE}`, ...expected }]);
  });
}
