import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";

const SCRIPT = "okta-my-factors.js";

test("the element starts the list of factors, with its attributes", async (t) => {
  const page = await openPage(t, { body: "<okta-my-factors></okta-my-factors>" });
  await page.script(SCRIPT);
  await done();
  const [{ element, config }] = page.program.mounts;
  assert.equal(element, page.find("okta-my-factors"));
  assert.equal(config, undefined);
  assert.equal(page.document.querySelectorAll("link").length, 1);
});

test("the program is loaded before there is an element", async (t) => {
  const page = await openPage(t);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.inits.length, 1);
});

test("mount puts it into any element, with its configuration or an empty one", async (t) => {
  const page = await openPage(t, { body: "<div></div>" });
  const { mount } = await page.script(SCRIPT);
  const config = { baseUrl: "https://example.okta.com" };
  const handle = await mount(page.find("div"), config);
  await mount(page.find("div"));
  const [first, second] = page.program.mounts;
  assert.equal(first.element, page.find("div"));
  assert.equal(first.config, config);
  assert.deepEqual(second.config, {});
  assert.equal(page.document.querySelectorAll("link").length, 1);
  handle.unmount();
  assert.deepEqual([first.unmounts, second.unmounts], [1, 0]);
});

test("it shares program and style sheet with the sign-in widget, in any order", async (t) => {
  for (const scripts of [
    ["okta-sign-in.js", SCRIPT],
    [SCRIPT, "okta-sign-in.js"],
  ]) {
    const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in><okta-my-factors></okta-my-factors>" });
    await Promise.all(scripts.map((name) => page.script(name)));
    await done();
    assert.equal(page.program.inits.length, 1);
    assert.equal(page.program.mounts.length, 2);
    assert.equal(page.document.querySelectorAll("link").length, 1);
  }
});

test("a program that cannot be loaded is reported, and loaded for the next element", async (t) => {
  const page = await openPage(t, { body: "<okta-my-factors></okta-my-factors>" });
  await page.serveCore(false);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.errors().length, 1);
  await page.serveCore(true);
  page.document.body.append(page.document.createElement("okta-my-factors"));
  await done();
  assert.equal(page.program.mounts.length, 1);
});
