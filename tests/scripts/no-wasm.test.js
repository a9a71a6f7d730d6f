import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

const CORE = "okta-sign-in-core.js";
const SCRIPT = "okta-sign-in-core-js.js";

const loaded = (page) => page.program.inits.map(({ url }) => url.split("/").at(-1));

/** Takes WebAssembly away until the end of the test. */
function withoutWebAssembly(t) {
  const { WebAssembly } = globalThis;
  t.after(() => (globalThis.WebAssembly = WebAssembly));
  delete globalThis.WebAssembly;
}

/** Has the module of the program fail to start with this error. */
function refuse(page, error) {
  const { init } = page.program;
  page.program.init = async (url, ...args) => {
    if (!url.includes(SCRIPT)) throw error;
    return init(url, ...args);
  };
}

const named = (name) => Object.assign(new Error("refused by Content Security Policy"), { name });

test("without WebAssembly, the script alone is loaded", async (t) => {
  const page = await openPage(t);
  withoutWebAssembly(t);
  await page.serveCore(false);
  const { loadCore } = await page.script("loader.js");
  const core = await loadCore();
  assert.deepEqual(loaded(page), [SCRIPT]);
  assert.equal(await loadCore(), core);
  assert.equal(typeof core.mount, "function");
});

for (const name of ["CompileError", "EvalError"]) {
  test(`a ${name} has the script loaded, and the developer told`, async (t) => {
    const page = await openPage(t);
    const warnings = t.mock.method(console, "warn", () => {}).mock;
    refuse(page, named(name));
    const { loadCore } = await page.script("loader.js");
    await loadCore();
    assert.deepEqual(loaded(page), [SCRIPT]);
    assert.equal(warnings.calls.length, 1);
    assert.equal(warnings.calls[0].arguments[1], name);
  });
}

test("any other failure of the module is none of WebAssembly", async (t) => {
  const page = await openPage(t);
  for (const error of [new TypeError("no connection"), named("LinkError"), undefined]) {
    refuse(page, error);
    const { loadCore } = await page.script("loader.js", `?${error}`);
    const failure = await loadCore().catch((failure) => failure);
    assert.equal(failure, error);
    assert.deepEqual(loaded(page), []);
  }
});

test("a page that says it refuses WebAssembly is not asked", async (t) => {
  const page = await openPage(t, { body: '<meta name="okta-sign-in-webassembly" content="off">' });
  refuse(page, new Error("must not be tried"));
  const { loadCore } = await page.script("loader.js");
  await loadCore();
  assert.deepEqual(loaded(page), [SCRIPT]);
});

test("where the script can't be loaded either, the error says so, and the next call tries again", async (t) => {
  const page = await openPage(t);
  withoutWebAssembly(t);
  await page.serveCoreWithoutWasm(false);
  const { loadCore } = await page.script("loader.js");
  const error = await loadCore().catch((error) => error);
  assert.equal(error.reported, "no-webassembly");
  assert.equal(error.cause.code, "ERR_MODULE_NOT_FOUND");
  await page.serveCoreWithoutWasm(true);
  await loadCore();
  assert.deepEqual(loaded(page), [`${SCRIPT}?1`]);
});

test("with WebAssembly, the script is not loaded", async (t) => {
  const page = await openPage(t);
  const { loadCore } = await page.script("loader.js");
  await loadCore();
  assert.deepEqual(loaded(page), [CORE]);
});
