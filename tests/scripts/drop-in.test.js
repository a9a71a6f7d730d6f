import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { done, openPage } from "./page.js";
import { Hooks, SUCCESS } from "../../src/embed/js/drop-in/hooks.js";
import { createOktaSignIn } from "../../src/embed/js/drop-in/class.js";

const BASE = { baseUrl: "https://example.okta.com" };
const SIGNED_IN = {
  type: "signedIn",
  sessionToken: "20111&x",
  expiresAt: null,
  user: { id: "00u1", login: "jeff@example.com", firstName: "Jeff", lastName: "Ja" },
};

/** A page with the class, and with a module in place of okta-sign-in.js that records what is mounted. */
async function open(t, { url } = {}) {
  const page = await openPage(t, { body: '<div id="osw-container"></div>', url });
  const warnings = t.mock.method(console, "warn", () => {}).mock;
  const widgets = [];
  const left = [];
  let fails = 0;
  const load = async () => {
    if (fails) throw new Error(`not loaded ${(fails -= 1)}`);
    return { mount };
  };
  function mount(element, config) {
    const listeners = {};
    const widget = {
      element,
      config,
      unmounts: 0,
      ready: new Promise((resolve, reject) => Object.assign(listeners, { resolve, reject })),
      transaction: null,
      on: (name, listener) => (listeners[name] ??= []).push(listener),
      unmount: () => (widget.unmounts += 1),
      tell: (name, detail) => listeners[name]?.forEach((listener) => listener({ detail })),
      reject: (error) => listeners.reject(error),
    };
    element.innerHTML = "<h2>Sign in</h2>";
    widgets.push(widget);
    return widget;
  }
  return {
    ...page,
    OktaSignIn: createOktaSignIn(load, (address) => left.push(address)),
    widgets,
    left,
    failLoads: (times) => (fails = times),
    warnings: () => warnings.calls.map(({ arguments: [text] }) => text),
    container: page.find("#osw-container"),
  };
}

/** The same with a rendered widget. */
async function render(t, config = {}, options = {}, ...callbacks) {
  const page = await open(t);
  const signIn = new page.OktaSignIn({ ...BASE, ...config });
  const promise = signIn.renderEl({ el: "#osw-container", ...options }, ...callbacks);
  await done();
  return { ...page, signIn, promise, widget: page.widgets[0] };
}

test("renderEl mounts a widget in a box of its own, which asks for the result", async (t) => {
  const { container, widgets, widget } = await render(t);
  assert.equal(widgets.length, 1);
  assert.equal(widget.element.parentNode, container);
  const { baseUrl, sessionRedirect, existingSession, autofocus } = widget.config;
  assert.deepEqual([baseUrl, sessionRedirect], [BASE.baseUrl, "callback"]);
  assert.deepEqual([existingSession, autofocus], ["ignore", true]);
});

test("el may be an element, or an option of the constructor", async (t) => {
  const page = await open(t);
  new page.OktaSignIn({ ...BASE, el: page.container }).showSignIn();
  await done();
  assert.equal(page.widgets[0].element.parentNode, page.container);
});

test("the result goes to the callback and to the promise", async (t) => {
  const results = [];
  const { promise, widget } = await render(t, {}, {}, (result) => results.push(result));
  widget.config.onSuccess(SIGNED_IN);
  const result = await promise;
  assert.deepEqual(results, [result]);
  assert.deepEqual([result.status, result.type], ["SUCCESS", "SESSION_SSO"]);
  assert.equal(result.session.token, "20111&x");
  assert.deepEqual(result.user, {
    id: "00u1",
    profile: { login: "jeff@example.com", firstName: "Jeff", lastName: "Ja" },
  });
});

test("setCookieAndRedirect leads through the org to an address of the page's origin", async (t) => {
  const { promise, widget, left } = await render(t);
  widget.config.onSuccess(SIGNED_IN);
  (await promise).session.setCookieAndRedirect("/app?a=1&b");
  assert.deepEqual(left, [
    "https://example.okta.com/login/sessionCookieRedirect?checkAccountSetupComplete=true&token=20111%26x&redirectUrl=https%3A%2F%2Fapp.example%2Fapp%3Fa%3D1%26b",
  ]);
});

test("setCookieAndRedirect without an address takes redirectUri, and without both it says so", async (t) => {
  const { promise, widget, left } = await render(t, { redirectUri: "https://app.example/home" });
  widget.config.onSuccess(SIGNED_IN);
  (await promise).session.setCookieAndRedirect();
  assert.equal(new URL(left[0]).searchParams.get("redirectUrl"), "https://app.example/home");
  const other = await render(t);
  other.widget.config.onSuccess(SIGNED_IN);
  const { session } = await other.promise;
  assert.throws(() => session.setCookieAndRedirect(), { name: "CONFIG_ERROR", message: /needs an address/ });
});

test("the token leaves for no address that the widget would not go to", async (t) => {
  const { promise, widget, left } = await render(t, { redirectOrigins: ["https://partner.example:8443"] });
  widget.config.onSuccess(SIGNED_IN);
  const { session } = await promise;
  for (const [address, is] of [
    ["https://app.example/", true],
    ["https://APP.example:443/landing?x=1#y", true],
    ["https://example.okta.com/app/UserHome", true],
    ["https://partner.example:8443", true],
    ["/landing", true],
    ["https://partner.example", false],
    ["http://app.example/", false],
    ["https://app.example.evil.example/", false],
    ["https://app.example@evil.example/", false],
    ["https://me@app.example/", false],
    ["//evil.example", false],
    ["\\\\evil.example", false],
    ["javascript:alert(1)", false],
    ["data:text/html,x", false],
    ["https://", false],
  ]) {
    left.length = 0;
    if (is) session.setCookieAndRedirect(address);
    else assert.throws(() => session.setCookieAndRedirect(address), { name: "CONFIG_ERROR" }, address);
    assert.deepEqual(
      left.map((url) => new URL(url).origin + new URL(url).pathname),
      is ? ["https://example.okta.com/login/sessionCookieRedirect"] : [],
      address,
    );
  }
});

test("a sign-in that goes on at the org has stepUp and next, and no token", async (t) => {
  const { promise, widget, left } = await render(t);
  widget.config.onSuccess({ type: "redirect", url: "https://example.okta.com/app/x" });
  const result = await promise;
  assert.deepEqual([result.type, result.stepUp.url], ["SESSION_STEP_UP", "https://example.okta.com/app/x"]);
  assert.equal(result.session, undefined);
  result.stepUp.finish();
  result.next();
  assert.deepEqual(left, ["https://example.okta.com/app/x", "https://example.okta.com/app/x"]);
});

test("an e-mail that was sent is told to the callback, with the name as it was typed, and settles nothing", async (t) => {
  const results = [];
  const config = { transformUsername: (name, operation) => `${name}@${operation}` };
  const { signIn, promise, widget } = await render(t, config, {}, (result) => results.push(result));
  promise.then((result) => results.push(result));
  const seen = [];
  signIn.on("afterRender", ({ controller }) => seen.push(controller));
  const challenge = { step: "recovery-challenge", status: "RECOVERY_CHALLENGE" };
  assert.equal(widget.config.transformUsername("jeff", "FORGOT_PASSWORD"), "jeff@FORGOT_PASSWORD");
  widget.element.innerHTML = "<input>";
  widget.tell("step", challenge);
  await done();
  assert.deepEqual([seen, results], [["recovery-challenge"], []], "a code is asked for");
  widget.element.innerHTML = "";
  widget.tell("step", challenge);
  await done();
  assert.deepEqual(results, [{ status: "FORGOT_PASSWORD_EMAIL_SENT", username: "jeff" }]);
  widget.config.transformUsername("ann", "UNLOCK_ACCOUNT");
  widget.tell("step", challenge);
  await done();
  assert.deepEqual(results[1], { status: "UNLOCK_ACCOUNT_EMAIL_SENT", username: "ann" });
  assert.deepEqual(seen, ["recovery-challenge", "password-reset-email-sent", "account-unlock-email-sent"]);
});

test("ready comes once and before afterRender, which comes for each step, when it is rendered", async (t) => {
  const { signIn, widget } = await render(t);
  const seen = [];
  for (const name of ["afterRender", "ready"]) {
    signIn.on(name, (context, ...more) => seen.push([name, context, widget.element.textContent, ...more]));
  }
  widget.tell("step", { step: "start", status: null });
  widget.element.textContent = "rendered";
  await done();
  widget.tell("step", { step: "mfa-challenge", status: "MFA_CHALLENGE" });
  widget.tell("step", { step: "signed-in", status: null });
  await done();
  assert.deepEqual(seen, [
    ["ready", { controller: "primary-auth" }, "rendered"],
    ["afterRender", { controller: "primary-auth" }, "rendered"],
    ["afterRender", { controller: "mfa-verify" }, "rendered"],
  ]);
});

test("once, off, a context, and a listener that throws", async (t) => {
  const { signIn, widget, errors } = await render(t);
  const seen = [];
  const first = () => seen.push("first");
  signIn.once("afterRender", () => seen.push("once"));
  signIn.on("afterRender", first);
  signIn.on("afterRender", () => {
    throw new Error("the page's");
  });
  signIn.on("afterRender", function () {
    seen.push(this.name);
  }, { name: "context" });
  const step = async () => {
    seen.length = 0;
    widget.tell("step", { step: "start", status: null });
    await done();
    return seen;
  };
  assert.deepEqual(await step(), ["once", "first", "context"]);
  assert.match(errors()[0], /the listener for "afterRender" failed/);
  assert.deepEqual(await step(), ["first", "context"]);
  signIn.off("afterRender", first);
  assert.deepEqual(await step(), ["context"]);
  signIn.off("afterRender");
  assert.deepEqual(await step(), []);
  signIn.on("afterRender", first);
  signIn.off();
  assert.deepEqual(await step(), []);
});

test("afterError has the step, and the error of the org with what the person reads", async (t) => {
  const { signIn, widget } = await render(t);
  const seen = [];
  signIn.on("afterError", (...details) => seen.push(details));
  widget.tell("step", { step: "password", status: "PASSWORD_RESET" });
  widget.tell("error", { code: "E0000080", status: 403, step: "password", retryable: false });
  widget.element.innerHTML = '<div role="alert">Not accepted.</div>';
  await done();
  widget.tell("error", { code: "offline", status: null, step: "password", retryable: true });
  await done();
  const [[context, error], [, lost]] = seen;
  assert.deepEqual(context, { controller: "password-reset" });
  assert.deepEqual([error.name, error.message, error.statusCode], ["AuthApiError", "Not accepted.", 403]);
  assert.equal(error.xhr.status, 403);
  assert.deepEqual(error.xhr.responseJSON, { errorCode: "E0000080", errorSummary: "Not accepted." });
  assert.deepEqual(JSON.parse(error.xhr.responseText), error.xhr.responseJSON);
  assert.deepEqual(lost, { name: "AuthSdkError", message: "Not accepted." });
});

test("our events stay in the element: a page does not know them", async (t) => {
  const { widget, document, window } = await render(t);
  const seen = [];
  const inside = [];
  for (const name of ["ready", "step", "success", "error", "cancel"]) {
    document.addEventListener(name, () => seen.push(name));
    widget.element.addEventListener(name, () => inside.push(name));
    widget.element.dispatchEvent(new window.CustomEvent(name, { bubbles: true, composed: true }));
  }
  assert.deepEqual([seen.length, inside.length], [0, 5]);
});

test("hide, show and remove; and only one widget at a time", async (t) => {
  const { signIn, widget, container, widgets } = await render(t);
  signIn.hide();
  assert.equal(widget.element.hidden, true);
  signIn.show();
  assert.equal(widget.element.hidden, false);
  assert.throws(() => signIn.renderEl({ el: "#osw-container" }), /Call remove\(\) first/);
  signIn.remove();
  assert.deepEqual([widget.unmounts, container.childNodes.length], [1, 0]);
  signIn.remove();
  signIn.hide();
  signIn.renderEl({ el: "#osw-container" });
  await done();
  assert.equal(widgets.length, 2);
});

test("a widget that is removed before it has loaded is never mounted", async (t) => {
  const page = await open(t);
  const signIn = new page.OktaSignIn(BASE);
  signIn.renderEl({ el: "#osw-container" });
  signIn.remove();
  await done();
  assert.deepEqual([page.widgets.length, page.container.childNodes.length], [0, 0]);
});

test("without its element the promise is rejected, and the error callback called", async (t) => {
  const page = await open(t);
  const errors = [];
  const signIn = new page.OktaSignIn(BASE);
  await assert.rejects(signIn.renderEl({ el: "#other" }), { name: "CONFIG_ERROR", message: /no element #other/ });
  signIn.remove();
  signIn.renderEl({}, undefined, (error) => errors.push(error));
  assert.deepEqual([errors[0].name, errors[0].message], ["CONFIG_ERROR", '"el" is required']);
});

test("a mistake in the configuration rejects, by name; what can be tried again does not", async (t) => {
  for (const [code, name] of [
    ["not-configured", "CONFIG_ERROR"],
    ["no-webassembly", "UNSUPPORTED_BROWSER_ERROR"],
  ]) {
    const { promise, widget } = await render(t);
    widget.tell("error", { code, status: null, step: null, retryable: false });
    widget.reject(new Error("what to do"));
    await assert.rejects(promise, { name, message: "what to do" });
  }
  const results = [];
  const { promise, widget } = await render(t, {}, {}, (result) => results.push(result.status));
  widget.tell("error", { code: "not-loaded", status: null, step: null, retryable: true });
  widget.reject(new Error("not loaded"));
  await done();
  widget.config.onSuccess(SIGNED_IN);
  assert.equal((await promise).status, "SUCCESS");
});

test("a script that cannot be loaded is told, with a button that tries again", async (t) => {
  const page = await open(t);
  const signIn = new page.OktaSignIn(BASE);
  page.failLoads(1);
  signIn.renderEl({ el: "#osw-container" });
  await done();
  assert.match(page.find("[role=alert]").textContent, /didn't load/);
  page.find("[role=alert] button").click();
  await done();
  assert.equal(page.find("[role=alert]"), null);
  assert.equal(page.widgets.length, 1);
});

test("a value of the wrong kind is refused, and not left hanging", async (t) => {
  const { promise, container } = await render(t, { customButtons: 5 }, {}, undefined, () => {});
  await assert.rejects(promise, { name: "CONFIG_ERROR" });
  assert.match(container.textContent, /isn't set up correctly/);
});

test("authClient and getUser are refused with words", async (t) => {
  const page = await open(t);
  const signIn = new page.OktaSignIn(BASE);
  assert.throws(() => signIn.authClient, { name: "CONFIG_ERROR", message: /authClient: there is no okta-auth-js/ });
  assert.throws(() => signIn.getUser(), { name: "CONFIG_ERROR", message: /renderEl/ });
  assert.throws(() => new page.OktaSignIn(), { name: "CONFIG_ERROR" });
});

test("after runs when its step is rendered; before holds the result, and nothing else", async (t) => {
  const seen = [];
  const hooks = { "primary-auth": { after: [() => seen.push("option")] } };
  const { signIn, promise, widget, warnings, errors } = await render(t, { hooks }, {}, () => seen.push("result"));
  signIn.after("mfa-verify", () => seen.push("after"));
  signIn.before("identify", () => seen.push("never"));
  assert.match(warnings().at(-1), /before\("identify"\) has no effect/);
  let release;
  signIn.before("success-redirect", () => new Promise((resolve) => (release = resolve)));
  signIn.before("success-redirect", () => {
    throw new Error("the page's");
  });
  widget.tell("step", { step: "start", status: null });
  await done();
  widget.tell("step", { step: "mfa-required", status: "MFA_REQUIRED" });
  await done();
  widget.config.onSuccess(SIGNED_IN);
  await done();
  assert.deepEqual(seen, ["option", "after"]);
  release();
  await promise;
  assert.deepEqual(seen, ["option", "after", "result"]);
  assert.match(errors().at(-1), /before\("success-redirect"\) failed/);
});

test("a hook that never answers is reported, and the result follows", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const errors = t.mock.method(console, "error", () => {}).mock;
  const all = new Hooks();
  all.before(SUCCESS, () => new Promise(() => {}));
  const run = all.runBefore();
  t.mock.timers.tick(10_000);
  await run;
  assert.match(errors.calls[0].arguments[0], /has not answered for 10 s/);
});

test("a person who refuses consent is told to consent.cancel", async (t) => {
  const cancelled = [];
  const { widget } = await render(t, { consent: { cancel: () => cancelled.push("consent") } });
  widget.tell("cancel", { step: "mfa-challenge" });
  widget.tell("cancel", { step: "consent" });
  assert.deepEqual(cancelled, ["consent"]);
});

test("importing it on a server does nothing", async () => {
  const run = promisify(execFile);
  for (const name of ["okta-sign-in-drop-in.module.js", "drop-in/class.js"]) {
    const file = fileURLToPath(new URL(`../../src/embed/js/${name}`, import.meta.url));
    const code = `import(${JSON.stringify(file)}).then((all) => console.log(Object.keys(all).join()))`;
    const { stdout, stderr } = await run(process.execPath, ["--no-warnings", "-e", code]);
    assert.match(stdout, /OktaSignIn/);
    assert.equal(stderr, "");
  }
  const source = await readFile(new URL("../../src/embed/js/okta-sign-in-drop-in.js", import.meta.url), "utf8");
  assert.match(source, /typeof document !== "undefined"/);
});

test("over the script of the widget: what the program tells becomes events and a result of the page", async (t) => {
  const page = await openPage(t, { body: '<div id="osw-container"></div>' });
  t.mock.method(console, "warn", () => {});
  const OktaSignIn = createOktaSignIn(() => page.script("okta-sign-in.js"));
  const signIn = new OktaSignIn({ ...BASE, useClassicEngine: true });
  const seen = [];
  signIn.on("ready", ({ controller }) => seen.push(`ready ${controller}`));
  signIn.on("afterRender", ({ controller }) => seen.push(controller));
  signIn.on("afterError", (_, { statusCode }) => seen.push(statusCode));
  const promise = signIn.renderEl({ el: "#osw-container" });
  await done();
  const [{ element, config, tell }] = page.program.mounts;
  assert.equal(element.parentNode.id, "osw-container");
  assert.equal(config.baseUrl, BASE.baseUrl);
  tell("error", { code: "E0000004", status: 401, step: "start", retryable: false });
  await done();
  tell("success", SIGNED_IN);
  assert.equal((await promise).session.token, SIGNED_IN.sessionToken);
  assert.deepEqual(seen, ["ready primary-auth", "primary-auth", 401]);
  signIn.remove();
  assert.equal(page.program.mounts[0].unmounts, 1);
});
