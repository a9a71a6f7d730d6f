// How parts of the program are linked, with modules that are small enough to be written by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { loader, setParts } from "../../src/embed/js/link.js";

const ADDRESS = new URL("https://page.example/okta-sign-in-transaction-1f.wasm");
const TOKENS = new URL("https://page.example/okta-sign-in-tokens-1f.wasm");
setParts({ url: ADDRESS, integrity: "sha384-1f" }, { url: TOKENS, integrity: "sha384-2f" });

const name = (text) => [text.length, ...Buffer.from(text)];
const section = (id, ...items) => {
  const bytes = [items.length, ...items.flat()];
  return [id, bytes.length, ...bytes];
};
const module = (...sections) => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
const MEMORY = [0, 1];

/** The first part: exports its memory, once more by `mark`, and a table of two functions. */
const first = (mark) =>
  module(
    section(4, [0x70, 0, 2]),
    section(5, MEMORY),
    section(7, [...name("memory"), 2, 0], [...name(mark), 2, 0], [...name("__indirect_function_table"), 1, 0]),
  );

/** The second part: imports the memory by `mark` and writes 7 into its first byte. */
const second = (mark) =>
  module(section(2, [...name("__wasm_split"), ...name(mark), 2, ...MEMORY]), section(11, [0, 0x41, 0, 0x0b, 1, 7]));

/** Starts the first part, and has `respond(number, init)` respond to the fetches of the second. */
async function start(t, respond, mark = "1f") {
  const { instance } = await WebAssembly.instantiate(first(mark));
  const calls = [];
  // The engine lets only its own functions into a table, so a stand-in takes the place of the table.
  const table = { get: (index) => (data, linked) => calls.push([index, data, linked]) };
  const exports = { ...instance.exports, __indirect_function_table: table };
  const requests = [];
  const errors = [];
  t.mock.method(globalThis, "fetch", async (url, init) => {
    requests.push([url, init.cache, init.integrity]);
    return respond(requests.length, init);
  });
  t.mock.method(console, "warn", (error) => errors.push(error));
  const byte = () => new Uint8Array(exports.memory.buffer)[0];
  return { load: loader(0, () => exports), tokens: loader(1, () => exports), calls, requests, errors, byte };
}

const WASM = { "Content-Type": "application/wasm" };
const served = (bytes, headers = WASM) => new Response(bytes, { headers });

test("the part is linked once, and every call hears of it", async (t) => {
  const { load, calls, requests, byte } = await start(t, () => served(second("1f")));
  await Promise.all([load(1, 10), load(1, 11)]);
  await load(0, 12);
  assert.deepEqual(calls, [
    [1, 10, true],
    [1, 11, true],
    [0, 12, true],
  ]);
  assert.deepEqual(requests, [[ADDRESS, "default", "sha384-1f"]]);
  assert.equal(byte(), 7);
});

test("each part is linked by itself", async (t) => {
  const { load, tokens, calls, requests } = await start(t, (number) => {
    if (number === 1) return new Response("", { status: 404 });
    return served(second("1f"));
  });
  await tokens(1, 10);
  await load(1, 11);
  await tokens(1, 12);
  assert.deepEqual(calls, [
    [1, 10, false],
    [1, 11, true],
    [1, 12, true],
  ]);
  assert.deepEqual(requests, [
    [TOKENS, "default", "sha384-2f"],
    [ADDRESS, "default", "sha384-1f"],
    [TOKENS, "reload", "sha384-2f"],
  ]);
});

for (const type of ["text/html", "application/wasm; charset=utf-8", undefined]) {
  test(`it is linked when the server calls it ${type}`, async (t) => {
    const headers = type ? { "Content-Type": type } : {};
    const { load, calls, byte } = await start(t, () => served(second("1f"), headers));
    await load(1, 10);
    assert.deepEqual(calls, [[1, 10, true]]);
    assert.equal(byte(), 7);
  });
}

test("a part of another build is refused before it changes anything", async (t) => {
  for (const headers of [WASM, {}]) {
    const { load, calls, errors, byte } = await start(t, () => served(second("2e"), headers));
    await load(1, 10);
    assert.deepEqual(calls, [[1, 10, false]]);
    assert.ok(errors[0] instanceof WebAssembly.LinkError, String(errors[0]));
    assert.equal(byte(), 0);
    t.mock.restoreAll();
  }
});

const FAILURES = {
  "the connection fails": () => {
    throw new TypeError("Failed to fetch");
  },
  "it is not there": () => new Response("", { status: 404, headers: WASM }),
  "a page comes instead": () => served("<!doctype html>", { "Content-Type": "text/html" }),
  "it is cut off": () => served(second("1f").slice(0, -3)),
};
for (const [failure, respond] of Object.entries(FAILURES)) {
  test(`when ${failure}, the next call tries again without the cache`, async (t) => {
    const { load, calls, requests, errors, byte } = await start(t, (number) =>
      number === 1 ? respond() : served(second("1f")),
    );
    await Promise.all([load(1, 10), load(1, 11)]);
    assert.deepEqual(calls, [
      [1, 10, false],
      [1, 11, false],
    ]);
    assert.equal(byte(), 0);
    assert.ok(errors.length > 0);
    await load(1, 12);
    assert.deepEqual(calls.at(-1), [1, 12, true]);
    assert.deepEqual(
      requests.map(([, cache]) => cache),
      ["default", "reload"],
    );
    assert.equal(byte(), 7);
  });
}

test("a call during the callback of a failure starts one new attempt", async (t) => {
  const { load, calls, requests } = await start(t, (number) =>
    number === 1 ? new Response("", { status: 500 }) : served(second("1f")),
  );
  await Promise.all([load(1, 10).then(() => load(1, 11)), load(1, 12).then(() => load(1, 13))]);
  assert.deepEqual(
    calls.map(([, data, linked]) => [data, linked]),
    [
      [10, false],
      [12, false],
      [11, true],
      [13, true],
    ],
  );
  assert.equal(requests.length, 2);
});

test("an error in the callback is the program's own, and no failure to link", async (t) => {
  const { errors } = await start(t, () => served(second("1f")));
  const trap = () => {
    throw new Error("trap");
  };
  const memory = new WebAssembly.Memory({ initial: 1 });
  const load = loader(0, () => ({ "1f": memory, __indirect_function_table: { get: () => trap } }));
  await assert.rejects(load(1, 10), /trap/);
  assert.deepEqual(errors, []);
});
