// Objects as TOML: what the program reads is what was meant is tested in start.test.js.

import assert from "node:assert/strict";
import test from "node:test";

import { toToml } from "../node_modules/okta-emulator/lib/toml.js";

test("every value that JSON and TOML share", () => {
  const object = { a: 'q"\n\\\u007f', "b c": 1, d: 1.5, e: true, f: [1, [2]], g: { h: "x", i: undefined }, j: undefined, k: 7n };
  const expected = [
    '"a" = "q\\"\\n\\\\\\u007f"',
    '"b c" = 1',
    '"d" = 1.5',
    '"e" = true',
    '"f" = [1, [2]]',
    '"g" = { "h" = "x" }',
    '"k" = 7',
  ];
  assert.equal(toToml(object), `${expected.join("\n")}\n`);
});

test("others are refused by name", () => {
  for (const value of [null, NaN, Infinity, new Date(0), () => {}]) {
    assert.throws(() => toToml({ a: [{ b: value }] }), /config\.a\[0\]\.b is/);
  }
});
