import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";

const SCRIPT = "okta-sign-in.js";

/** A page with an element that has started, what its program was given, and what arrives at the root of the page. */
async function open(t, { body = "<okta-sign-in></okta-sign-in>", before = () => {} } = {}) {
  const page = await openPage(t, { body });
  const seen = [];
  for (const name of ["ready", "step", "success", "error", "cancel"]) {
    page.document.addEventListener(name, (event) => seen.push(event));
  }
  const said = t.mock.method(console, "info", () => {}).mock;
  const element = page.find("okta-sign-in");
  before(element, page);
  const { mount } = await page.script(SCRIPT);
  // On a busy machine that takes several turns.
  for (let turn = 0; turn < 50 && !seen.length; turn += 1) await done();
  const infos = () => said.calls.map((call) => call.arguments[0]);
  return { page, element, seen, infos, mount, mounts: page.program.mounts, mounted: page.program.mounts[0] };
}

const names = (seen) => seen.map(({ type }) => type);

test("what the program tells is an event of the element", async (t) => {
  const { element, seen, mounted } = await open(t);
  assert.deepEqual(names(seen), ["ready", "step"]);
  mounted.tell("error", { code: "E0000004", status: 401, step: "start", retryable: false });
  mounted.tell("cancel", { step: "mfa-required" });
  assert.deepEqual(names(seen), ["ready", "step", "error", "cancel"]);
  for (const event of seen) assert.deepEqual([event.target, event.bubbles, event.composed], [element, true, true]);
  assert.deepEqual(seen[2].detail, { code: "E0000004", status: 401, step: "start", retryable: false });
});

test("a page that was left while the program loaded gets no widget, and no complaint, until it comes back", async (t) => {
  const before = (_, { document }) => Object.defineProperty(document, "defaultView", { value: null, configurable: true });
  const { page, seen } = await open(t, { before });
  assert.deepEqual([page.program.mounts.length, seen.length, page.errors().length], [0, 0, 0]);
  delete page.document.defaultView;
  window.dispatchEvent(new window.Event("pageshow"));
  for (let turn = 0; turn < 50 && !seen.length; turn += 1) await done();
  assert.deepEqual([page.program.mounts.length, names(seen)], [1, ["ready", "step"]]);
});

test("a widget that is taken off before such a page comes back stays off", async (t) => {
  const before = (_, { document }) => Object.defineProperty(document, "defaultView", { value: null, configurable: true });
  const { page, element } = await open(t, { before });
  delete page.document.defaultView;
  element.remove();
  await done();
  window.dispatchEvent(new window.Event("pageshow"));
  for (let turn = 0; turn < 50; turn += 1) await done();
  assert.equal(page.program.mounts.length, 0);
});

test("a page that was left before the program had loaded is told nothing of that", async (t) => {
  const before = (_, { document, program }) => {
    program.init = () => {
      Object.defineProperty(document, "defaultView", { value: null });
      throw new TypeError("Load failed");
    };
  };
  const { page, element, seen } = await open(t, { before });
  assert.deepEqual([page.program.mounts.length, seen.length, page.errors().length, element.innerHTML], [0, 0, 0, ""]);
});

test("the transaction is what the last step said, with the user; it can't be changed", async (t) => {
  const { element, seen, mounted } = await open(t);
  assert.deepEqual(element.transaction, { status: null, step: "start", user: null });
  mounted.tell("step", { status: "MFA_REQUIRED", step: "mfa-required" }, { login: "ana" });
  assert.deepEqual(seen.at(-1).detail, { status: "MFA_REQUIRED", step: "mfa-required" });
  assert.deepEqual(element.transaction, { status: "MFA_REQUIRED", step: "mfa-required", user: { login: "ana" } });
  assert.throws(() => (element.transaction.step = "x"), TypeError);
  element.remove();
  await done();
  assert.equal(element.transaction, null);
});

test("a listener holds the redirect, and carries it out later", async (t) => {
  const { element, seen, mounted } = await open(t);
  assert.equal(mounted.tell("success", { type: "signedIn", user: null }, true), false);
  element.addEventListener("success", (event) => event.preventDefault());
  assert.equal(mounted.tell("success", { type: "signedIn", user: null }, true), true);
  assert.equal(mounted.redirects, 0);
  seen.at(-1).detail.redirect();
  assert.equal(mounted.redirects, 1);
});

test("a result for the page can't be held, and onSuccess gets it once", async (t) => {
  const results = [];
  const { element, mounted } = await open(t, { before: (element) => (element.onSuccess = (result) => results.push(result)) });
  element.addEventListener("success", (event) => event.preventDefault());
  const result = { type: "existingSession", login: "ana" };
  assert.equal(mounted.tell("success", result), false);
  mounted.tell("success", { type: "signedIn", user: null }, true);
  assert.deepEqual(results, [result]);
});

test("a listener or onSuccess that throws changes nothing, and is reported", async (t) => {
  const wrong = new Error("the page's mistake");
  const { page, element, seen, mounted } = await open(t);
  for (const onSuccess of [
    () => {
      throw wrong;
    },
    () => Promise.reject(wrong),
  ]) {
    element.onSuccess = onSuccess;
    mounted.tell("success", { type: "existingSession", login: "ana" });
    await done();
    assert.equal(page.errors().pop(), wrong);
    assert.deepEqual(seen.at(-1).detail, { code: "host-callback", status: null, step: null, retryable: false });
  }
});

test("React's names of events are heard, and unheard, too", async (t) => {
  const { element, mounted } = await open(t);
  const heard = [];
  const listener = ({ type }) => heard.push(type);
  for (const name of ["Ready", "Step", "Success"]) element.addEventListener(name, listener);
  mounted.tell("ready", {});
  mounted.tell("step", { status: null, step: "start" }, null);
  mounted.tell("success", {});
  assert.deepEqual(heard, ["ready", "step", "success"]);
  for (const name of ["Ready", "Step", "Success"]) element.removeEventListener(name, listener);
  mounted.tell("success", {});
  assert.equal(heard.length, 3);
});

test("an option is a property, set before or after the element is defined", async (t) => {
  const registration = { preSubmit() {} };
  const { page, element, mounted } = await open(t, {
    before(element) {
      Object.assign(element, { baseUrl: "https://example.okta.com", rememberMe: false, registration });
    },
  });
  assert.deepEqual(mounted.config, { baseUrl: "https://example.okta.com", rememberMe: false, registration });
  assert.equal(element.rememberMe, false);
  assert.equal(Object.hasOwn(element, "baseUrl"), false);
  const other = page.document.createElement("okta-sign-in");
  other.setAttribute("redirect-url", "/here");
  assert.equal(other.redirectUrl, "/here");
  assert.equal(other.baseUrl, null);
  for (const name of ["baseUrl", "multiOptionalFactorEnroll", "onSuccess", "registration"]) assert.ok(name in other, name);
});

test("changes in one task start the widget anew once, and the console says what has changed", async (t) => {
  const { element, infos, mounts } = await open(t);
  element.setAttribute("base-url", "https://example.okta.com");
  element.setAttribute("redirecturl", "/here");
  await null;
  element.rememberMe = false;
  await done();
  assert.equal(mounts.length, 2);
  assert.equal(mounts[0].unmounts, 1);
  assert.deepEqual(infos(), ["okta-sign-in: changed base-url, redirecturl, rememberMe: the widget starts anew"]);
});

test("what is the same, or is looked up when it is needed, starts nothing anew", async (t) => {
  const registration = () => ({ preSubmit() {}, fields: [{ name: "email" }] });
  const { element, infos, mounts } = await open(t, {
    before(element) {
      element.setAttribute("base-url", "https://example.okta.com");
      Object.assign(element, { rememberMe: true, registration: registration() });
    },
  });
  element.setAttribute("base-url", "https://example.okta.com");
  element.setAttribute("autofocus", "");
  element.setAttribute("class", "mine");
  Object.assign(element, { rememberMe: true, registration: registration(), onSuccess: () => {} });
  element.onSuccess = null;
  await done();
  assert.deepEqual([mounts.length, infos()], [1, []]);
  element.registration = { preSubmit() {}, fields: [] };
  await done();
  assert.equal(mounts.length, 2);
});

test("an option that is set while the program loads is read once", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  await page.script(SCRIPT);
  page.find("okta-sign-in").username = "ana";
  await done();
  assert.deepEqual(page.program.mounts.map(({ config }) => config), [{ username: "ana" }]);
});

test("cancel() ends the sign-in of the widget that runs", async (t) => {
  const { element, mounted } = await open(t);
  element.cancel();
  assert.equal(mounted.cancels, 1);
});

test("a failure to load, and a wrong option, are error events", async (t) => {
  const { page, seen } = await open(t, { before: (_, page) => page.serveCore(false) });
  assert.deepEqual(seen.at(-1).detail, { code: "not-loaded", status: null, step: null, retryable: true });
  await page.serveCore(true);
  page.program.mount = () => {
    throw new Error("base-url is missing");
  };
  page.find("okta-sign-in").start();
  await done();
  assert.deepEqual(seen.at(-1).detail, { code: "not-configured", status: null, step: null, retryable: false });
});

test("mount takes a selector, returns at once, and its listeners end with it", async (t) => {
  const { mount, mounts } = await open(t, { body: '<okta-sign-in></okta-sign-in><div id="here"></div>' });
  const widget = mount("#here", { username: "ana" });
  const heard = [];
  const listener = ({ type }) => heard.push(type);
  for (const name of ["ready", "step", "cancel"]) widget.on(name, listener);
  assert.equal(widget.transaction, null);
  await widget.ready;
  assert.deepEqual(widget.transaction, { status: null, step: "start", user: null });
  widget.cancel();
  assert.equal(mounts[1].cancels, 1);
  widget.off("step", listener);
  mounts[1].tell("step", { status: null, step: "session" }, null);
  mounts[1].tell("cancel", { step: "session" });
  assert.deepEqual(heard, ["ready", "step", "cancel"]);
  widget.unmount();
  mounts[1].tell("cancel", { step: "session" });
  assert.equal(heard.length, 3);
  assert.throws(() => mount("#nowhere"), /okta-sign-in: no element for mount: #nowhere/);
});

test("a widget that is unmounted before it is loaded never starts, and another takes its place", async (t) => {
  const page = await openPage(t, { body: "<div></div>" });
  const { mount } = await page.script(SCRIPT);
  mount("div", { username: "first" }).unmount();
  await mount("div", { username: "second" }).ready;
  await done();
  assert.deepEqual(page.program.mounts.map(({ config }) => config.username), ["second"]);
});

test("a widget that is unmounted before it fails to load shows and tells nothing", async (t) => {
  const { page, mount, seen } = await open(t, {
    body: '<okta-sign-in></okta-sign-in><div id="here"></div>',
    before: (_, page) => page.serveCore(false),
  });
  seen.length = 0;
  mount("#here", {}).unmount();
  await done();
  assert.deepEqual([seen, page.find("#here").innerHTML], [[], ""]);
});

test("update changes options of its own, and leaves the object of the page alone", async (t) => {
  const { mount, mounts, infos } = await open(t, { body: "<okta-sign-in></okta-sign-in><div></div>" });
  const config = { username: "ana" };
  const widget = mount("div", config);
  await widget.ready;
  widget.update({ username: "ana", onSuccess() {} });
  await done();
  assert.equal(mounts.length, 2);
  widget.update({ username: "bob" });
  await done();
  assert.deepEqual([mounts.length, mounts[2].config.username, config.username], [3, "bob", "ana"]);
  assert.equal(infos().length, 1);
});

test("the page may change the user name and see the password before they are sent", async (t) => {
  const { element, mounted } = await open(t);
  const calls = [];
  const prepare = (operation, body) => mounted.tell("prepare", [operation, JSON.stringify(body)]);
  const [typed, sent] = ["ana", "ana@example.com"].map((username) => ({ username, password: "pw", options: {} }));
  assert.equal(prepare("PRIMARY_AUTH", typed), undefined, "without such a function, at once");
  element.transformUsername = (...args) => {
    calls.push(args);
    return `${args[0]}@example.com`;
  };
  assert.equal(await prepare("FORGOT_PASSWORD", { username: "ana" }), JSON.stringify({ username: "ana@example.com" }));
  element.processCredentials = async (credentials) => calls.push(credentials);
  assert.equal(await prepare("PRIMARY_AUTH", typed), JSON.stringify(sent));
  let isDone;
  element.processCredentials = (credentials, done) => setTimeout(() => done((isDone = true)), 5);
  await prepare("PRIMARY_AUTH", typed);
  assert.ok(isDone, "it waits for the call");
  await prepare("FORGOT_PASSWORD", { username: "ana" });
  assert.deepEqual(calls, [
    ["ana", "FORGOT_PASSWORD"],
    ["ana", "PRIMARY_AUTH"],
    { username: "ana@example.com", password: "pw" },
    ["ana", "PRIMARY_AUTH"],
    ["ana", "FORGOT_PASSWORD"],
  ]);
});

test("a function that throws, returns something else, or never answers, ends the wait and is reported", async (t) => {
  const { page, element, mounted } = await open(t);
  const body = JSON.stringify({ username: "ana", password: "pw" });
  const rejects = () => assert.rejects(mounted.tell("prepare", ["PRIMARY_AUTH", body]));
  const throws = () => {
    throw new Error("the page's mistake");
  };
  const wrong = [
    { transformUsername: throws },
    { transformUsername: () => 7 },
    { transformUsername: () => "" },
    { processCredentials: throws },
    { processCredentials: () => Promise.reject(new Error("no")) },
    { processCredentials: (_, done) => throws(done) },
    { processCredentials: async (_, done) => throws(done) },
  ];
  for (const functions of wrong) {
    Object.assign(element, { transformUsername: null, processCredentials: null }, functions);
    await rejects();
  }
  assert.equal(page.errors().length, wrong.length);
  assert.ok(!page.errors().some((error) => String(error.message).includes("pw")));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const processCredentials of [(_, done) => void done, () => new Promise(() => {})]) {
    Object.assign(element, { transformUsername: null, processCredentials });
    const waits = rejects();
    await null;
    t.mock.timers.tick(12_000);
    await waits;
  }
  assert.match(page.errors().at(-1).message, /no answer/);
});
