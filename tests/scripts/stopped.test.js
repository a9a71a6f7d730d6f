import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";
import { RELOAD, STOPPED } from "../../src/embed/js/texts.js";

function trap(where = "wasm-function[1] (https://app.example/okta-sign-in-core_bg.wasm)") {
  const error = new WebAssembly.RuntimeError("unreachable");
  error.stack = where;
  return error;
}

/** A page with two widgets. */
async function open(t) {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in><div></div>" });
  const { mount } = await page.script("okta-sign-in.js");
  const handle = mount(page.find("div"), {});
  await done();
  const throws = (error) => page.window.dispatchEvent(new page.window.ErrorEvent("error", { error }));
  return { page, handle, throws, alerts: () => page.document.querySelectorAll("[role=alert]") };
}

test("after a trap, every widget says so once, with a button that reloads the page", async (t) => {
  const { page, throws, alerts } = await open(t);
  const reloads = [];
  globalThis.location = { reload: () => reloads.push(1) };
  page.find("okta-sign-in input").focus();
  throws(trap());
  const [first, second] = alerts();
  assert.equal(first.querySelector("p").textContent, STOPPED);
  assert.equal(second.querySelector("button").textContent, RELOAD);
  assert.equal(page.find("form"), null, "nothing looks alive");
  assert.equal(page.document.activeElement, first.querySelector("button"), "focus is not lost");
  throws(trap());
  assert.deepEqual([...alerts()], [first, second]);
  first.querySelector("button").click();
  assert.equal(reloads.length, 1);
});

test("a trap in a promise counts too", async (t) => {
  const { page, alerts } = await open(t);
  const event = new page.window.Event("unhandledrejection");
  page.window.dispatchEvent(Object.assign(event, { reason: trap() }));
  assert.equal(alerts().length, 2);
});

test("the program without WebAssembly stops in the same way", async (t) => {
  const { throws, alerts } = await open(t);
  const error = Object.assign(new Error("unreachable"), { name: "RuntimeError" });
  error.stack = "a (https://app.example/okta-sign-in-core-js.js)";
  const { WebAssembly } = globalThis;
  t.after(() => (globalThis.WebAssembly = WebAssembly));
  delete globalThis.WebAssembly;
  throws(new TypeError("not ours"));
  assert.equal(alerts().length, 0);
  throws(error);
  assert.equal(alerts().length, 2);
});

test("errors of the page, and traps of its own modules, change nothing", async (t) => {
  const { page, throws, alerts } = await open(t);
  throws(new TypeError("okta-sign-in-core_bg.wasm"));
  throws(trap("wasm-function[1] (https://app.example/other.wasm)"));
  page.window.dispatchEvent(new page.window.ErrorEvent("error", { error: null }));
  assert.equal(alerts().length, 0);
});

test("where the stack is too deep, the innermost file says whose it is", async (t) => {
  const { throws, alerts } = await open(t);
  const own = "https://app.example/okta-sign-in-core_bg.wasm:wasm-function[1]:0x12";
  const pages = "https://okta-sign-in-demo.example/page.js:1:2";
  for (const [name, stack] of [
    ["RangeError", `Maximum call stack size exceeded\n    at listener (${pages})\n    at ${own}`],
    ["RuntimeError", `unreachable\n    at wasm://wasm/0a1b:wasm-function[1]:0x1\n    at listener (${pages})\n    at ${own}`],
    ["RangeError", "Invalid language\n    at https://app.example/okta-sign-in-languages.js:1:2"],
    ["RuntimeError", undefined],
  ]) {
    throws(Object.assign(new Error("planned"), { name, stack }));
    assert.equal(alerts().length, 0, stack);
  }
  throws(Object.assign(new Error("planned"), { name: "InternalError", stack: `a@${own}\nlistener@${pages}` }));
  assert.equal(alerts().length, 2);
});

test("nothing is called in a program that has stopped, and another widget says so too", async (t) => {
  const { page, handle, throws, alerts } = await open(t);
  const called = [];
  for (const mounted of page.program.mounts) mounted.unmount = mounted.act = () => called.push("handle");
  page.program.mount = () => called.push("mount");
  const told = [];
  page.document.addEventListener("error", ({ detail }) => told.push(detail.code));
  throws(trap());
  handle.cancel();
  handle.unmount();
  assert.equal(page.find("body > div").innerHTML, "", "its place is free");
  assert.equal(alerts().length, 1);
  const late = page.document.createElement("okta-sign-in");
  page.document.body.append(late);
  await done();
  assert.equal(late.querySelector("p").textContent, STOPPED);
  page.find("okta-sign-in").remove();
  await done();
  assert.deepEqual([called, told], [[], ["stopped", "stopped", "stopped"]]);
});

test("a widget that has ended is left alone", async (t) => {
  const { page, handle, throws, alerts } = await open(t);
  handle.unmount();
  page.find("okta-sign-in").remove();
  await done();
  throws(trap());
  assert.equal(alerts().length, 0);
});

test("a trap while a widget starts is shown, and a wrong option is not taken for one", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in><div></div>" });
  page.program.mount = () => {
    throw new Error("base-url is missing");
  };
  const { mount } = await page.script("okta-sign-in.js");
  await done();
  assert.equal(page.find("[role=alert]"), null);
  page.program.mount = () => {
    throw trap();
  };
  await assert.rejects(mount(page.find("div"), {}).ready);
  assert.equal(page.find("div p").textContent, STOPPED);
  assert.equal(page.find("okta-sign-in").innerHTML, "", "a widget that never started");
});
