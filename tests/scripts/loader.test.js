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
  assert.deepEqual(await module_or_path, { wasm: page.address(WASM) });
  assert.equal(page.requests.length, 1);
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

test("the program hears where its other parts are, with their hashes, before it starts", async (t) => {
  const page = await openPage(t);
  const parts = ["okta-sign-in-transaction-1f.wasm", "okta-sign-in-tokens-1f.wasm"];
  await page.writeFiles({ parts, hash: "sha384-1f" });
  let before;
  page.program.init = async () => void (before = page.program.parts);
  const { loadCore } = await page.script("loader.js");
  await loadCore();
  assert.deepEqual(
    before.map(({ url, integrity }) => [String(url), integrity]),
    parts.map((part) => [page.address(part), "sha384-1f"]),
  );
});

test("a module of another build is neither imported nor remembered", async (t) => {
  const page = await openPage(t);
  await page.writeFiles({ hash: "sha384-other" });
  page.refuseModules(true);
  const { loadCore } = await page.script("loader.js");
  page.respond = () => new Response("another file");
  const error = await loadCore().catch((error) => error);
  assert.match(error.message, /of another build/);
  assert.equal(error.reported, "integrity");
  assert.equal(page.program.inits.length, 0);
  page.refuseModules(false);
  await loadCore();
  const core = page.address("okta-sign-in-core.js");
  assert.deepEqual(page.preloads, [
    { url: core, integrity: "sha384-other", nonce: "" },
    { url: `${core}?1`, integrity: "sha384-other", nonce: "" },
  ]);
  assert.deepEqual(
    page.requests.filter(({ cache }) => cache).map(({ integrity, cache }) => [integrity, cache]),
    [
      ["sha384-other", "default"],
      ["sha384-other", "reload"],
    ],
  );
  assert.equal(page.find("link"), null, "nothing of it stays in the page");
});

test("a policy that allows scripts by a nonce gets that of the page's scripts", async (t) => {
  const page = await openPage(t, { body: '<script nonce="n1" type="text/plain"></script>' });
  await page.writeFiles({ hash: "sha384-x" });
  const { loadCore } = await page.script("loader.js");
  await loadCore();
  assert.equal(page.preloads[0].nonce, "n1");
});

test("a browser without such links imports the module unchecked, and checks the WebAssembly", async (t) => {
  const page = await openPage(t);
  await page.writeFiles({ hash: "sha384-x" });
  page.knowsModulePreload = false;
  const { loadCore } = await page.script("loader.js");
  await loadCore();
  assert.deepEqual(page.preloads, []);
  assert.equal(page.requests[0].integrity, "sha384-x");
});

test("the second part is loaded while the browser is idle", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  let texts = 0;
  prefetch(await loadCore(), { prefetch: () => (texts += 1) });
  assert.equal(page.program.prefetches, 0, "not before");
  assert.equal(page.idle(), 1);
  assert.deepEqual([page.program.prefetches, texts], [1, 1]);
});

test("without requestIdleCallback, that waits two seconds", async (t) => {
  const page = await openPage(t);
  const { loadCore, prefetch } = await page.script("loader.js");
  const core = await loadCore();
  delete page.window.requestIdleCallback;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  prefetch(core, { prefetch() {} });
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
