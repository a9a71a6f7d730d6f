import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage, staticForm } from "./page.js";
import { LOAD_FAILED, RETRY } from "../../src/embed/js/texts.js";

const SCRIPT = "okta-sign-in.js";
const BODY = `<okta-sign-in>${staticForm()}</okta-sign-in>`;

test("the program gets the element and its attributes, without another option", async (t) => {
  const page = await openPage(t, { body: BODY });
  await page.script(SCRIPT);
  await done();
  const [{ element, config, isElement }] = page.program.mounts;
  assert.equal(page.program.mounts.length, 1);
  assert.equal(element, page.find("okta-sign-in"));
  assert.deepEqual(config, {});
  assert.equal(isElement, true);
});

test("onSuccess that was set before the script ran is called", async (t) => {
  const page = await openPage(t, { body: BODY });
  const results = [];
  page.find("okta-sign-in").onSuccess = (result) => results.push(result);
  await page.script(SCRIPT);
  await done();
  page.program.mounts[0].tell("success", "signed in");
  assert.deepEqual(results, ["signed in"]);
});

test("onSuccess that is set later is called, and none is no error", async (t) => {
  const page = await openPage(t, { body: BODY });
  await page.script(SCRIPT);
  await done();
  const [{ tell }] = page.program.mounts;
  tell("success", "without a function");
  const results = [];
  page.find("okta-sign-in").onSuccess = (result) => results.push(result);
  tell("success", "signed in");
  assert.deepEqual(results, ["signed in"]);
});

test("the program is loaded before there is an element", async (t) => {
  const page = await openPage(t);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.inits.length, 1);
  assert.equal(page.program.mounts.length, 0);
});

test("two widgets share the program, and neither the result nor the end", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in><okta-sign-in></okta-sign-in>" });
  const elements = [...page.document.querySelectorAll("okta-sign-in")];
  const results = [];
  elements.forEach((element, index) => (element.onSuccess = () => results.push(index)));
  await page.script(SCRIPT);
  await done();
  const { inits, mounts } = page.program;
  assert.equal(inits.length, 1);
  assert.deepEqual(
    mounts.map(({ element }) => element),
    elements,
  );
  mounts[1].tell("success", {});
  assert.deepEqual(results, [1]);
  elements[0].remove();
  await done();
  assert.deepEqual(
    mounts.map(({ unmounts }) => unmounts),
    [1, 0],
  );
});

test("the second part is loaded when the browser is idle, and for a widget only", async (t) => {
  const page = await openPage(t);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.idle(), 0);
  page.document.body.append(page.document.createElement("okta-sign-in"));
  await done();
  assert.equal(page.program.mounts.length, 1);
  assert.equal(page.program.prefetches, 0);
  page.idle();
  assert.equal(page.program.prefetches, 1);
});

test("a submit before the program is there is carried out", async (t) => {
  const page = await openPage(t, { body: BODY });
  await page.script(SCRIPT);
  page.find("button[value=forgot]").click();
  assert.equal(page.program.mounts.length, 0, "it is early");
  await done();
  const [{ pressed, submits }] = page.program.mounts;
  assert.equal(pressed, "forgot");
  assert.deepEqual(submits, [], "it is carried out once");
  assert.equal(page.find("form").hasAttribute("data-oaw-held"), false);
});

test("without a submit, none is carried out", async (t) => {
  const page = await openPage(t, { body: BODY.replace("<form", '<form data-oaw-held="forgot"') });
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.mounts[0].pressed, undefined);
});

test("a submit that came before the script is carried out", async (t) => {
  const page = await openPage(t, { body: BODY });
  page.find("[hidden]").matches = () => true;
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.mounts[0].pressed, "");
});

test("a page that is still parsed: the form inside the element is awaited", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  let state = "loading";
  Object.defineProperty(page.document, "readyState", { get: () => state });
  await page.script(SCRIPT);
  await done();
  assert.equal(page.program.mounts.length, 0);
  page.find("okta-sign-in").innerHTML = staticForm();
  const form = page.find("form");
  state = "interactive";
  page.document.dispatchEvent(new page.window.Event("DOMContentLoaded"));
  await done();
  assert.equal(page.program.mounts.length, 1);
  assert.equal(page.find("form"), form);
});

test("a token in the address makes the form inert until the widget has started", async (t) => {
  const body = BODY.replace("<okta-sign-in", "<okta-sign-in resume-from-url");
  const page = await openPage(t, { body, url: "https://app.example/?stateToken=00a" });
  const inert = [];
  const { mount } = page.program;
  page.program.mount = (...args) => {
    inert.push(page.find("[data-oaw-static]").inert);
    return mount(...args);
  };
  await page.script(SCRIPT);
  await done();
  assert.deepEqual(inert, [true]);
  assert.equal(page.find("okta-sign-in > div").inert, false);
});

test("a token in the address is removed before anything is requested, and given to the program", async (t) => {
  const body = "<okta-sign-in resume-from-url></okta-sign-in>";
  const url = "https://app.example/?token=00a&x=1";
  const page = await openPage(t, { body, url });
  const addresses = [];
  page.program.init = async () => void addresses.push(page.window.location.search);
  const { append } = page.document.head;
  page.document.head.append = function (...links) {
    addresses.push(page.window.location.search);
    append.apply(this, links);
  };
  await page.script(SCRIPT);
  await done();
  assert.deepEqual(addresses, ["?x=1", "?x=1"]);
  assert.equal(page.program.mounts[0].address, url);
  page.document.body.append(page.document.createElement("okta-sign-in"));
  await done();
  assert.equal(page.program.mounts[1].address, undefined);
});

test("an element that comes later removes the token before its style sheet is requested", async (t) => {
  const page = await openPage(t, { url: "https://app.example/?token=00a" });
  await page.script(SCRIPT);
  const element = page.document.createElement("okta-sign-in");
  element.setAttribute("resume-from-url", "");
  page.document.body.append(element);
  assert.equal(page.window.location.search, "");
  await done();
  assert.equal(page.program.mounts[0].address, "https://app.example/?token=00a");
});

test("an element without a static form says that the program cannot be loaded, and tries again", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  await page.serveCore(false);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.find("[role=alert] p").textContent, LOAD_FAILED);
  const button = page.find("[role=alert] button");
  assert.equal(button.textContent, RETRY);
  button.focus();
  button.click();
  await done();
  assert.equal(page.document.querySelectorAll("[role=alert]").length, 1);
  assert.equal(page.document.activeElement, button);
  await page.serveCore(true);
  button.click();
  await done();
  assert.equal(page.find("[role=alert]"), null);
  assert.equal(page.program.mounts.length, 1);
  assert.equal(page.document.activeElement, page.find("h2"));
});

test("a wrong option is not taken for a program that cannot be loaded", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  page.program.mount = (element) => {
    element.textContent = "Misconfigured";
    throw new Error("base-url is missing");
  };
  await page.script(SCRIPT);
  await done();
  assert.equal(page.find("okta-sign-in").textContent, "Misconfigured");
  assert.equal(page.document.querySelector("button"), null);
});

test("a program that cannot be loaded is shown as a failure, and pressing the button tries again", async (t) => {
  const page = await openPage(t, { body: BODY });
  await page.serveCore(false);
  await page.script(SCRIPT);
  await done();
  assert.equal(page.find("[role=alert]").textContent, "Try again.");
  page.find("button").click();
  await done();
  assert.equal(page.document.querySelectorAll("[role=alert]").length, 1);
  assert.equal(page.program.mounts.length, 0);
  await page.serveCore(true);
  page.find("button").click();
  await done();
  assert.equal(page.find("[role=alert]"), null);
  const [{ pressed, submits }] = page.program.mounts;
  assert.deepEqual([pressed, submits], ["", []], "what was submitted is carried out once");
});

test("mount puts a widget into any element, with its configuration", async (t) => {
  const page = await openPage(t, { body: "<div></div>" });
  const { mount } = await page.script(SCRIPT);
  const config = { baseUrl: "https://example.okta.com" };
  const widget = mount(page.find("div"), config);
  await widget.ready;
  const [mounted] = page.program.mounts;
  assert.equal(mounted.element, page.find("div"));
  assert.deepEqual(mounted.config, config);
  assert.equal(mounted.isElement, false);
  assert.equal(page.document.querySelectorAll("link").length, 1);
  widget.unmount();
  assert.equal(mounted.unmounts, 1);
});

test("mount without a configuration gives an empty one, and not the attributes", async (t) => {
  const page = await openPage(t, { body: "<div></div>" });
  const { mount } = await page.script(SCRIPT);
  await mount(page.find("div")).ready;
  assert.deepEqual(page.program.mounts[0].config, {});
  assert.equal(page.program.mounts[0].isElement, false);
});

test("mount rejects when the program cannot be loaded, and shows it in a static form", async (t) => {
  const page = await openPage(t, { body: `<div id="here">${staticForm()}</div>` });
  await page.serveCore(false);
  const { mount } = await page.script(SCRIPT);
  await assert.rejects(mount(page.find("#here"), {}).ready, { code: "ERR_MODULE_NOT_FOUND" });
  assert.equal(page.find("[role=alert]").textContent, "Try again.");
});

test("what the program says instead of a form is a message", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  page.program.mount = (element) => {
    element.textContent = "Misconfigured";
    throw new Error("baseUrl");
  };
  const { mount } = await page.script(SCRIPT);
  await done();
  const shown = () => page.find("okta-sign-in > .oaw-panel > [role=alert]")?.textContent;
  assert.equal(shown(), "Misconfigured");
  page.find("okta-sign-in").replaceChildren();
  await assert.rejects(mount(page.find("okta-sign-in"), {}).ready);
  assert.equal(shown(), "Misconfigured");
});
