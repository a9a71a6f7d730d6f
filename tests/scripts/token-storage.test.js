import assert from "node:assert/strict";
import { test } from "node:test";

import { KEPT_TOKENS_KEY } from "../../src/embed/js/constants.js";
import { unexpired } from "../../src/embed/js/token-storage/unexpired.js";
import { openPage } from "./page.js";

const NOW = 1_800_000_000_000;
const RESULT = {
  type: "tokens",
  idToken: "h.p.s",
  accessToken: "a1",
  refreshToken: null,
  expiresAt: new Date(NOW + 3_600_000),
  scopes: ["openid"],
  claims: { sub: "00u1", exp: NOW / 1000 + 3600 },
};

/** A page with the script, where the widget has kept `result`. */
async function open(t, where, result = RESULT) {
  const page = await openPage(t, { body: "<p id=other></p>" });
  globalThis.sessionStorage = page.window.sessionStorage;
  delete globalThis[KEPT_TOKENS_KEY];
  t.mock.method(Date, "now", () => NOW);
  if (where === "session") sessionStorage.setItem(KEPT_TOKENS_KEY, JSON.stringify(result));
  if (where === "memory") globalThis[KEPT_TOKENS_KEY] = result;
  const { tokens } = await page.script("okta-sign-in-token-storage.js");
  return { ...page, tokens };
}

const step = (target, step) =>
  target.dispatchEvent(new CustomEvent("step", { bubbles: true, composed: true, detail: { step } }));

for (const where of ["session", "memory"]) {
  test(`the tokens are given back until they are dropped: ${where}`, async (t) => {
    const { tokens } = await open(t, where);
    assert.deepEqual(tokens.get(), RESULT);
    assert.ok(tokens.get().expiresAt instanceof Date);
    tokens.set({ ...RESULT, accessToken: "a2" });
    assert.equal(tokens.get().accessToken, "a2");
    assert.equal(sessionStorage.length, where === "session" ? 1 : 0);
    tokens.clear();
    assert.equal(tokens.get(), null);
    assert.equal(sessionStorage.length, 0);
    assert.throws(() => tokens.set(RESULT), /no tokens are kept/);
  });

  test(`tokens that have expired are not given, and not kept: ${where}`, async (t) => {
    const { tokens } = await open(t, where, { ...RESULT, expiresAt: new Date(NOW), claims: { exp: NOW / 1000 } });
    assert.equal(tokens.get(), null);
    assert.equal(sessionStorage.length, 0);
    assert.equal(KEPT_TOKENS_KEY in globalThis, false);
  });
}

test("what has expired is left out", () => {
  const ended = { ...RESULT, expiresAt: new Date(NOW - 1) };
  assert.deepEqual(unexpired(ended, NOW), { ...RESULT, accessToken: null, expiresAt: null });
  const old = { ...RESULT, claims: { ...RESULT.claims, exp: NOW / 1000 - 1 } };
  assert.deepEqual(unexpired(old, NOW), { ...RESULT, idToken: null, claims: null });
  const refreshed = unexpired({ ...ended, claims: old.claims, refreshToken: "r1" }, NOW);
  assert.deepEqual([refreshed.accessToken, refreshed.idToken, refreshed.refreshToken], [null, null, "r1"]);
  assert.equal(unexpired({ ...RESULT, expiresAt: null }, NOW).accessToken, "a1");
  assert.equal(unexpired({ ...RESULT, expiresAt: "soon", claims: {} }, NOW), null);
});

test("what nobody of us has written is none, and goes", async (t) => {
  for (const text of ["", "{", "7", '{"type":"other"}']) {
    const { tokens } = await open(t);
    sessionStorage.setItem(KEPT_TOKENS_KEY, text);
    assert.equal(tokens.get(), null, text);
    if (text) assert.equal(sessionStorage.length, 0, text);
  }
});

test("a browser that refuses storage has no tokens", async (t) => {
  const { tokens } = await open(t);
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get() {
      throw new Error("SecurityError");
    },
  });
  t.after(() => delete globalThis.sessionStorage);
  assert.equal(tokens.get(), null);
  tokens.clear();
});

test("a sign-out in a widget drops them, another step does not", async (t) => {
  for (const [steps, isKept] of [
    [["start", "mfa-required"], true],
    [["session", "leaving"], true],
    [["session", "start"], false],
    [["list", "signed-out"], false],
  ]) {
    const { tokens, find } = await open(t, "session");
    for (const name of steps) step(find("#other"), name);
    assert.equal(tokens.get() !== null, isKept, `${steps}`);
  }
  // Of two widgets.
  const { tokens, find } = await open(t, "session");
  step(find("#other"), "session");
  step(document.body, "start");
  assert.notEqual(tokens.get(), null);
});
