import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage, staticForm } from "./page.js";

/** Opens a page and keeps the details of every `error` that reaches its document. */
async function open(t, body = "<okta-sign-in></okta-sign-in><div></div>") {
  const page = await openPage(t, { body });
  const details = [];
  page.document.addEventListener("error", ({ detail }) => details.push(detail));
  return { page, details };
}

const error = (code, retryable) => ({ code, status: null, step: null, retryable });

for (const body of ["<okta-sign-in></okta-sign-in>", `<okta-sign-in>${staticForm()}</okta-sign-in>`]) {
  test(`an element reports each start that could not load the program: ${body.length}`, async (t) => {
    const { page, details } = await open(t, body);
    await page.serveCore(false);
    await page.script("okta-sign-in.js");
    await done();
    assert.deepEqual(details, [error("not-loaded", true)]);
    await page.find("okta-sign-in").start();
    assert.deepEqual(details, [error("not-loaded", true), error("not-loaded", true)]);
    await page.serveCore(true);
    await page.find("okta-sign-in").start();
    assert.equal(details.length, 2);
  });
}

test("the loader's own codes are passed on, and no other's", async (t) => {
  for (const [more, expected] of [
    [{ reported: "no-webassembly" }, "no-webassembly"],
    [{ code: "ERR_MODULE_NOT_FOUND" }, "not-loaded"],
    [{ code: 19 }, "not-loaded"],
  ]) {
    const { page, details } = await open(t);
    page.program.init = async () => {
      throw Object.assign(new Error("planned"), more);
    };
    await page.script("okta-sign-in.js");
    await done();
    assert.deepEqual(details, [error(expected, true)]);
  }
});

test("the function reports at its element and rejects", async (t) => {
  const { page, details } = await open(t, "<div></div>");
  const targets = [];
  page.find("div").addEventListener("error", ({ target }) => targets.push(target));
  await page.serveCore(false);
  const { mount } = await page.script("okta-sign-in.js");
  await assert.rejects(mount(page.find("div"), {}).ready);
  assert.deepEqual(details, [error("not-loaded", true)]);
  assert.deepEqual(targets, [page.find("div")]);
});

test("a wrong option is reported once, and can't be retried", async (t) => {
  const { page, details } = await open(t);
  page.program.mount = () => {
    throw new Error("base-url is missing");
  };
  const { mount } = await page.script("okta-sign-in.js");
  await done();
  assert.deepEqual(details, [error("not-configured", false)]);
  await assert.rejects(mount(page.find("div"), {}).ready, /base-url/);
  assert.deepEqual(details, [error("not-configured", false), error("not-configured", false)]);
});

test("a trap is reported once at each widget", async (t) => {
  const { page, details } = await open(t);
  const { mount } = await page.script("okta-sign-in.js");
  await mount(page.find("div"), {}).ready;
  await done();
  const trap = Object.assign(new Error("unreachable"), { name: "RuntimeError", stack: "at https://app.example/okta-sign-in-core_bg.wasm:wasm-function[1]:0x1" });
  for (const _ of [1, 2]) page.window.dispatchEvent(new page.window.ErrorEvent("error", { error: trap }));
  assert.deepEqual(details, [error("stopped", false), error("stopped", false)]);
});

test("a trap while a widget starts is no wrong option", async (t) => {
  const { page, details } = await open(t, "<okta-sign-in></okta-sign-in>");
  page.program.mount = () => {
    throw Object.assign(new Error("unreachable"), { name: "RuntimeError", stack: "at https://app.example/okta-sign-in-core_bg.wasm:wasm-function[1]:0x1" });
  };
  await page.script("okta-sign-in.js");
  await done();
  assert.deepEqual(details, [error("stopped", false)]);
});
