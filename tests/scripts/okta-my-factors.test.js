import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";
import { LOAD_FAILED, RETRY } from "../../src/embed/js/texts.js";

const SCRIPT = "okta-my-factors.js";
const BODY = "<okta-my-factors>Loading</okta-my-factors><div></div>";
const FAILURE =
  '<div class="oaw oaw-panel"><div class="oaw-message oaw-message-error" role="alert"><div class="oaw-message-text">' +
  `<p>${LOAD_FAILED}</p><button type="button" class="oaw-button">${RETRY}</button></div></div></div>`;

/** A page whose element shows that the second part of the program could not be loaded. */
async function openFailed(t) {
  const page = await openPage(t, { body: BODY });
  page.program.servesSecond = false;
  const { mount } = await page.script(SCRIPT);
  await done();
  return { page, mount, element: page.find("okta-my-factors"), button: page.find("button") };
}

test("the element starts the list of factors, with its attributes", async (t) => {
  const page = await openPage(t, { body: "<okta-my-factors></okta-my-factors>" });
  await page.script(SCRIPT);
  await done();
  const [{ element, config, isElement }] = page.program.mounts;
  assert.equal(element, page.find("okta-my-factors"));
  assert.deepEqual(config, {});
  assert.equal(isElement, true);
  assert.equal(page.document.querySelectorAll("link").length, 1);
});

test("both parts of the program are loaded before there is an element", async (t) => {
  const page = await openPage(t);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.inits.length, 1);
  assert.equal(page.program.isLoaded, true);
});

test("mount puts it into any element, with its configuration or an empty one", async (t) => {
  const page = await openPage(t, { body: "<div></div>" });
  const { mount } = await page.script(SCRIPT);
  const config = { baseUrl: "https://example.okta.com" };
  const widget = mount(page.find("div"), config);
  await widget.ready;
  await mount(page.find("div")).ready;
  const [first, second] = page.program.mounts;
  assert.equal(first.element, page.find("div"));
  assert.deepEqual(first.config, config);
  assert.deepEqual(second.config, {});
  assert.equal(page.document.querySelectorAll("link").length, 1);
  widget.unmount();
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
  assert.deepEqual(
    page.errors().map(({ code }) => code),
    ["ERR_MODULE_NOT_FOUND"],
  );
  assert.equal(page.find("okta-my-factors").innerHTML, FAILURE);
  await page.serveCore(true);
  page.document.body.append(page.document.createElement("okta-my-factors"));
  await done();
  assert.equal(page.program.mounts.length, 1);
  page.find("button").click();
  await done();
  assert.equal(page.program.mounts.length, 2);
});

test("a second part that cannot be loaded is reported and shown in the element, instead of its content", async (t) => {
  const { page, element } = await openFailed(t);
  assert.equal(element.innerHTML, FAILURE);
  assert.equal(page.errors().length, 1);
  assert.match(page.errors()[0].message, /second part/);
  assert.equal(page.program.mounts.length, 0);
});

test("the button tries again; it keeps the focus, and each failure is announced once", async (t) => {
  const { page, element, button } = await openFailed(t);
  const announced = [];
  new page.window.MutationObserver((changes) => {
    for (const { addedNodes } of changes) announced.push(...addedNodes);
  }).observe(element, { childList: true, subtree: true });
  const before = page.program.prefetches;
  button.focus();
  button.click();
  button.click();
  await done();
  assert.equal(page.program.prefetches, before + 1);
  assert.equal(page.errors().length, 2);
  assert.equal(element.innerHTML, FAILURE);
  assert.equal(page.document.activeElement, button);
  assert.deepEqual(announced, [page.find("p")]);
});

test("the failure is removed when the list starts, and focus moves from its button to the heading", async (t) => {
  const { page, element, button } = await openFailed(t);
  page.program.servesSecond = true;
  button.focus();
  button.click();
  await null;
  assert.equal(element.innerHTML, FAILURE, "not before");
  await done();
  const [mounted] = page.program.mounts;
  assert.equal(page.program.mounts.length, 1);
  assert.equal(mounted.element, element);
  assert.deepEqual(mounted.config, {});
  assert.equal(mounted.content, "");
  assert.equal(page.document.activeElement, page.find("h2"));
  element.remove();
  await done();
  assert.equal(mounted.unmounts, 1);
});

test("focus that is not on the button stays where it is", async (t) => {
  const { page, element } = await openFailed(t);
  page.program.servesSecond = true;
  page.document.body.lastElementChild.append(element);
  await done();
  assert.equal(page.program.mounts.length, 1, "an element that is moved tries again too");
  assert.equal(page.document.activeElement, page.document.body);
});

test("a list that cannot be started for another reason shows no such failure", async (t) => {
  const page = await openPage(t, { body: BODY });
  page.program.mountManageFactors = (element) => {
    element.textContent = "Misconfigured";
    throw new Error("hook-url is missing");
  };
  await page.script(SCRIPT);
  await done();
  assert.equal(page.find("okta-my-factors").querySelector(".oaw-panel > [role=alert]")?.textContent, "Misconfigured");
  assert.equal(page.errors()[0].message, "hook-url is missing");
});

test("mount rejects where the second part cannot be loaded, and says so like the element; its button tries again", async (t) => {
  const { page, mount } = await openFailed(t);
  const element = page.document.body.lastElementChild;
  await assert.rejects(mount(element).ready, /second part/);
  assert.equal(element.innerHTML, FAILURE);
  page.program.servesSecond = true;
  element.querySelector("button").click();
  await done();
  assert.equal(page.program.mounts.length, 1);
  assert.equal(element.querySelector("h2").textContent, "Factors");
});
