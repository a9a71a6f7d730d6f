// The scripts that the guides print do what the guides say. Not here: whether they parse (xtask/src/snippets.rs).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { JSDOM } from "jsdom";

const page = (name) => readFile(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const scripts = async (name) => [...(await page(name)).matchAll(/```js\n(.*?)```/gs)].map(([, script]) => script);

test("the counts of analytics.md have no token and no name", async () => {
  const [script] = await scripts("analytics.md");
  const { window } = new JSDOM("<okta-sign-in></okta-sign-in>", { runScripts: "outside-only" });
  const sent = [];
  window.navigator.sendBeacon = (address, body) => sent.push([address, JSON.parse(body.text)]);
  window.Blob = function (parts) {
    this.text = parts.join("");
  };
  window.eval(script);
  const user = { login: "SECRET", firstName: "SECRET" };
  const all = { status: "MFA_REQUIRED", step: "mfa-required", user, sessionToken: "SECRET", login: "SECRET" };
  const dispatch = (name, detail) => {
    const event = new window.CustomEvent(name, { detail });
    window.document.querySelector("okta-sign-in").dispatchEvent(event);
  };
  dispatch("ready", {});
  dispatch("step", all);
  dispatch("error", { ...all, code: "E0000004", status: 401, retryable: true });
  dispatch("cancel", all);
  dispatch("success", { ...all, type: "signedIn" });
  assert.deepEqual(sent, [
    ["/analytics", { event: "ready" }],
    ["/analytics", { event: "step", status: "MFA_REQUIRED", step: "mfa-required" }],
    ["/analytics", { event: "error", code: "E0000004", status: 401, step: "mfa-required", retryable: true }],
    ["/analytics", { event: "cancel", step: "mfa-required" }],
    ["/analytics", { event: "success", type: "signedIn" }],
  ]);
});
