import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

const WASM = "okta-sign-in-core_bg.wasm";

test("the program is loaded once", async (t) => {
  const page = await openPage(t);
  const { loadCore } = await page.script("loader.js");
  const [first, second] = await Promise.all([loadCore(), loadCore()]);
  assert.equal(first, second);
  const { url, module_or_path } = page.program.inits[0];
  assert.equal(page.program.inits.length, 1);
  assert.equal(url, page.address("okta-sign-in-core.js"));
  assert.equal(String(module_or_path), page.address(WASM));
});

test("two bundles share it", async (t) => {
  const page = await openPage(t);
  const bundles = [await page.script("loader.js", "?1"), await page.script("loader.js", "?2")];
  const [first, second] = await Promise.all(bundles.map(({ loadCore }) => loadCore()));
  assert.equal(first, second);
  assert.equal(page.program.inits.length, 1);
});

test("a module that could not be fetched is fetched from another address", async (t) => {
  const page = await openPage(t);
  await page.serveCore(false);
  const { loadCore } = await page.script("loader.js", "?1");
  await assert.rejects(loadCore());
  await assert.rejects(loadCore());
  await page.serveCore(true);
  const core = await loadCore();
  assert.deepEqual(
    page.program.inits.map(({ url }) => url),
    [page.address("okta-sign-in-core.js?2")],
  );
  assert.equal(await loadCore(), core);
  const another = await page.script("loader.js", "?2");
  assert.equal(await another.loadCore(), core, "another bundle finds what was loaded");
});

test("WebAssembly that could not be fetched is fetched again", async (t) => {
  const page = await openPage(t);
  const { init } = page.program;
  page.program.init = async () => {
    throw new Error("no connection");
  };
  const { loadCore } = await page.script("loader.js");
  await assert.rejects(loadCore(), /no connection/);
  page.program.init = init;
  await loadCore();
  assert.equal(page.program.inits.length, 1);
});

test("the second part is loaded while the browser is idle", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  prefetch(await loadCore());
  assert.equal(page.program.prefetches, 0, "not before");
  assert.equal(page.idle(), 1);
  assert.equal(page.program.prefetches, 1);
});

test("without requestIdleCallback, that waits two seconds", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  const core = await loadCore();
  delete page.window.requestIdleCallback;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  prefetch(core);
  t.mock.timers.tick(1999);
  assert.equal(page.program.prefetches, 0);
  t.mock.timers.tick(1);
  assert.equal(page.program.prefetches, 1);
});

test("both parts are there when loadAll resolves to the program", async (t) => {
  const page = await openPage(t);
  const { loadAll, loadCore } = await page.script("loader.js");
  const core = await loadAll();
  assert.equal(page.program.isLoaded, true);
  assert.equal(core, await loadCore());
  assert.equal(page.idle(), 0, "it does not wait for the browser to be idle");
});

test("a second part that could not be loaded makes loadAll reject, and is loaded again", async (t) => {
  const page = await openPage(t);
  page.program.servesSecond = false;
  const { loadAll, loadCore } = await page.script("loader.js");
  const core = await loadCore();
  for (const attempt of [1, 2]) {
    const error = await loadAll().catch((error) => error);
    assert.match(error.message, /second part/);
    assert.equal(page.program.prefetches, attempt);
  }
  page.program.servesSecond = true;
  assert.equal(await loadAll(), core);
  assert.equal(page.program.inits.length, 1, "the first part is kept");
});

test("a program that could not be loaded makes loadAll reject", async (t) => {
  const page = await openPage(t);
  await page.serveCore(false);
  const { loadAll } = await page.script("loader.js");
  const error = await loadAll().catch((error) => error);
  assert.equal(error.code, "ERR_MODULE_NOT_FOUND");
  await page.serveCore(true);
  await loadAll();
  assert.equal(page.program.isLoaded, true);
});
