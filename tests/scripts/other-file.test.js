import assert from "node:assert/strict";
import { test } from "node:test";

import { isAnother } from "../../src/embed/js/other-file.js";

const url = new URL("https://page.example/a.js");
// By `printf 'alert(1)' | openssl dgst -sha384 -binary | base64 -w0`.
const integrity = "sha384-HT2E9NfWiuQ/w1PRai+hTyqW16NIoCGA/m8VQDUopfAtcz6YQjtsMmQd5uRbVDpW";

const CASES = [
  ["the file of the build", () => new Response("alert(1)"), false],
  ["another file", () => new Response("alert(2)"), true],
  ["no file", () => new Response("alert(2)", { status: 404 }), false],
  ["no connection", () => Promise.reject(new TypeError("Failed to fetch")), false],
];
for (const [name, respond, expected] of CASES) {
  test(`${name} is ${expected ? "" : "not "}another one`, async (t) => {
    t.mock.method(globalThis, "fetch", respond);
    assert.equal(await isAnother({ url, integrity }), expected);
  });
}

test("a file without a hash is never fetched again", async (t) => {
  const { calls } = t.mock.method(globalThis, "fetch", () => new Response("")).mock;
  assert.equal(await isAnother({ url, integrity: "" }), false);
  assert.equal(await isAnother({ load: () => {} }), false);
  assert.equal(calls.length, 0);
});
