import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

/** Has an element with `resume-from-url` as `attribute` keep the tokens of a page at `query`. */
async function keep(t, query, attribute, config) {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>", url: `https://app.example/${query}` });
  const { keepTokens, takeAddress } = await page.script("address.js");
  const element = page.find("okta-sign-in");
  if (attribute !== null) element.setAttribute("resume-from-url", attribute);
  return { page, kept: keepTokens(element, config), left: page.window.location.href, keepTokens, takeAddress, element };
}

for (const [query, attribute, rest] of [
  ["?stateToken=00a", "", ""],
  ["?recoveryToken=00a", "", ""],
  ["?token=00a#top", "", "#top"],
  ["?x=1&token=00a&y=%20", "true", "?x=1&y=+"],
  ["?stateToken=00a&token=00b", "", ""],
]) {
  test(`the tokens of "${query}" are removed, and kept for one widget`, async (t) => {
    const { page, kept, left, takeAddress } = await keep(t, query, attribute);
    assert.equal(kept, true);
    assert.equal(left, `https://app.example/${rest}`);
    assert.equal(page.window.history.length, 1, "Back does not lead to them");
    assert.equal(takeAddress(), `https://app.example/${query}`);
    assert.equal(takeAddress(), undefined);
  });
}

for (const [query, attribute, config] of [
  ["", ""],
  ["?token=", ""],
  ["?mytoken=00a&x=%20", ""],
  ["#?token=00a", ""],
  ["?stateToken=00a", "false"],
  ["?stateToken=00a", null],
  ["?stateToken=00a", "", {}],
  ["?stateToken=00a", "", { resumeFromUrl: false }],
]) {
  test(`"${query}" stays with resume-from-url ${attribute} and ${JSON.stringify(config)}`, async (t) => {
    const { kept, left, takeAddress } = await keep(t, query, attribute, config);
    assert.equal(kept, false);
    assert.equal(left, `https://app.example/${query}`);
    assert.equal(takeAddress(), undefined);
  });
}

test("a configuration may ask for them, and the state of the history stays", async (t) => {
  const page = await openPage(t, { body: "<div></div>", url: "https://app.example/?token=00a" });
  page.window.history.replaceState({ key: 1 }, "");
  const { keepTokens } = await page.script("address.js");
  assert.equal(keepTokens(page.find("div"), { resumeFromUrl: true }), true);
  assert.equal(page.window.location.search, "");
  assert.deepEqual(page.window.history.state, { key: 1 });
});

test("they stay kept until they are taken", async (t) => {
  const { keepTokens, takeAddress, element } = await keep(t, "?token=00a", "");
  assert.equal(keepTokens(element), true);
  takeAddress();
  assert.equal(keepTokens(element), false);
});
