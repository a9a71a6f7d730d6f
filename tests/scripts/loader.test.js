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

test("the second part is fetched and prepared while the browser is idle", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  const core = await loadCore();
  const { prefetches, prewarmed } = page.program;
  prefetch(core);
  prefetch(core);
  assert.equal(prefetches.length, 0, "not before");
  assert.equal(page.idle(), 1);
  assert.equal(prefetches.length, 1);
  assert.equal(page.idle(), 0, "nothing is prepared before it is there");
  prefetches[0](true);
  assert.deepEqual(prewarmed, []);
  // One part each time the browser is idle, until there are no more.
  for (const parts of [[0], [0, 1], [0, 1, 2]]) {
    assert.equal(page.idle(), 1);
    assert.deepEqual(prewarmed, parts);
  }
  assert.equal(page.idle(), 0);
  prefetch(core);
  assert.equal(page.idle(), 0, "it is there");
});

test("a second part that could not be fetched is fetched for the next widget", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  const core = await loadCore();
  prefetch(core);
  page.idle();
  page.program.prefetches[0](false);
  assert.equal(page.idle(), 0);
  prefetch(core);
  page.idle();
  assert.equal(page.program.prefetches.length, 2);
  assert.deepEqual(page.program.prewarmed, []);
});

test("without requestIdleCallback, the fetch waits two seconds", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  const core = await loadCore();
  delete page.window.requestIdleCallback;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  prefetch(core);
  t.mock.timers.tick(1999);
  assert.equal(page.program.prefetches.length, 0);
  t.mock.timers.tick(1);
  assert.equal(page.program.prefetches.length, 1);
});
