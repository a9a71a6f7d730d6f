import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";

const ORG = "https://acme.okta.com";
const NEW = "You haven't signed in with this browser yet, so there's no security image.";
const OWN = "Your security image";

/** A page whose element has these attributes, and what the org answers to requests for images, in their order. */
async function open(t, attributes, { answers = [], prepare } = {}) {
  const page = await openPage(t, { body: `<okta-sign-in base-url="${ORG}/" ${attributes}></okta-sign-in>` });
  const load = (records) => records.forEach(({ addedNodes: [node] }) => node?.dispatchEvent(new page.window.Event("load")));
  new page.window.MutationObserver(load).observe(page.document.head, { childList: true });
  t.mock.method(console, "warn", () => {});
  const { fetch } = globalThis;
  page.images = [];
  globalThis.fetch = (url, init) => {
    if (!String(url).startsWith(ORG)) return fetch(url, init);
    page.images.push({ url, ...init });
    const answer = answers.shift();
    if (answer instanceof Promise) return answer;
    return answer ? Promise.resolve(new Response(JSON.stringify(answer))) : Promise.reject(new TypeError("Failed to fetch"));
  };
  t.after(() => (globalThis.fetch = fetch));
  if (prepare) page.find("okta-sign-in").transformUsername = prepare;
  await page.script("okta-sign-in.js");
  while (!page.document.querySelector("form")) await done();
  await done();
  page.frame = () => page.find("iframe");
  page.field = page.find("[name=username]");
  page.image = page.find(".oaw-brand-image");
  page.said = page.find(".oaw-brand-image-text");
  page.type = (text) => {
    page.field.value = text;
    page.field.dispatchEvent(new page.window.InputEvent("input", { bubbles: true }));
  };
  // What the script in the frame says, or another window.
  page.message = (data, { source = page.frame().contentWindow, origin = ORG } = {}) =>
    page.window.dispatchEvent(new page.window.MessageEvent("message", { source, origin, data: typeof data === "string" ? data : JSON.stringify(data) }));
  page.fingerprint = async (fingerprint) => {
    page.message({ type: "FingerprintAvailable", fingerprint });
    for (let turn = 0; turn < 5; turn += 1) await done();
  };
  return page;
}

const known = (description) => ({ result: "success", pwdImg: `${ORG}/img/1.png`, imageDescription: description });
const unknown = { result: "success", pwdImg: `${ORG}/img/security/unknown.png`, imageDescription: "" };

test("without the options there is no frame, no request, and no header", async (t) => {
  const page = await open(t, 'organization-name="Acme"');
  page.field.focus();
  page.type("ada");
  page.field.blur();
  await done();
  assert.deepEqual([page.frame(), page.image, page.images], [null, null, []]);
  const headers = new Headers();
  assert.equal(page.program.mounts[0].tell("prepare", ["PRIMARY_AUTH", "{}", headers]), undefined);
});

test("the security image is asked for when the field is left, with the fingerprint, and never while somebody types", async (t) => {
  const page = await open(t, "security-image", { answers: [known("A fern"), unknown] });
  assert.equal(page.said.parentNode.getAttribute("role"), "status");
  page.field.focus();
  assert.equal(page.frame().src, `${ORG}/auth/services/devicefingerprint`);
  assert.equal(page.frame().getAttribute("sandbox"), "allow-scripts allow-same-origin");
  for (const text of ["a", "ad", " ada&x "]) page.type(text);
  await page.fingerprint("f1");
  assert.deepEqual(page.images, []);
  page.field.blur();
  for (let turn = 0; turn < 5; turn += 1) await done();
  assert.equal(page.images.length, 1);
  const [{ url, headers, credentials }] = page.images;
  assert.deepEqual([url, headers["X-Device-Fingerprint"], credentials], [`${ORG}/login/getimage?username=ada%26x`, "f1", "omit"]);
  assert.deepEqual([page.image.hidden, page.image.src, page.image.alt, page.said.textContent], [false, `${ORG}/img/1.png`, "A fern", OWN]);
  assert.equal(page.said.parentNode.nextElementSibling, page.field, "right above the user name");
  // Left once more with the same name, nothing is asked for.
  page.field.focus();
  page.field.blur();
  await done();
  assert.equal(page.images.length, 1);
  // Another name has no picture until it is left.
  page.field.focus();
  page.type("bob");
  assert.deepEqual([page.image.hidden, page.said.textContent], [true, ""]);
  page.field.blur();
  for (let turn = 0; turn < 5; turn += 1) await done();
  assert.deepEqual([page.image.hidden, page.image.alt, page.said.textContent], [false, "", NEW]);
});

test("a picture that comes too late for its name is not shown", async (t) => {
  let answer;
  const late = new Promise((resolve) => (answer = resolve));
  const page = await open(t, "security-image", { answers: [late] });
  page.field.focus();
  page.type("ada");
  page.field.blur();
  await page.fingerprint("f1");
  page.field.focus();
  page.type("b");
  assert.equal(page.images[0].signal.aborted, true);
  answer(new Response(JSON.stringify(known("A fern"))));
  for (let turn = 0; turn < 5; turn += 1) await done();
  assert.deepEqual([page.image.hidden, page.said.textContent], [true, ""]);
});

for (const [name, answer] of [
  ["by http of another host", { pwdImg: "http://cdn.example/1.png" }],
  ["that is a script", { pwdImg: "javascript:alert(1)" }],
  ["that is a page", { pwdImg: "data:text/html,x" }],
  ["that is missing", {}],
  ["of no answer", undefined],
]) {
  test(`a picture ${name} is left out, and asked for once more`, async (t) => {
    const page = await open(t, "security-image", { answers: [answer, known("A fern")] });
    page.field.focus();
    page.type("ada");
    page.field.blur();
    await page.fingerprint("f1");
    assert.deepEqual([page.image.hidden, page.image.hasAttribute("src"), page.said.textContent], [true, false, ""]);
    assert.equal(page.errors().length, 1);
    page.field.focus();
    page.field.blur();
    for (let turn = 0; turn < 5; turn += 1) await done();
    assert.equal(page.image.alt, "A fern");
  });
}

test("the fingerprint is taken from the org's frame alone", async (t) => {
  const page = await open(t, "device-fingerprint");
  page.field.focus();
  const asked = [];
  page.frame().contentWindow.postMessage = (...args) => asked.push(args);
  const headers = new Headers();
  const sent = page.program.mounts[0].tell("prepare", ["PRIMARY_AUTH", '{"username":"ada"}', headers]);
  page.message({ type: "FingerprintServiceReady" }, { origin: "https://evil.example" });
  page.message({ type: "FingerprintServiceReady" }, { source: page.window });
  assert.deepEqual(asked, []);
  page.message("{");
  page.message("null");
  page.message({ type: "FingerprintServiceReady" });
  assert.deepEqual(asked, [['{"type":"GetFingerprint"}', ORG]]);
  page.message({ type: "FingerprintAvailable", fingerprint: "evil" }, { origin: "https://evil.example" });
  page.message({ type: "FingerprintAvailable", fingerprint: "evil" }, { source: page.window });
  assert.ok(page.frame());
  await page.fingerprint("f|1");
  assert.equal(await sent, '{"username":"ada"}');
  assert.equal(headers.get("X-Device-Fingerprint"), "f|1");
  assert.equal(page.frame(), null, "the frame goes");
});

test("the page's own code still prepares, and other operations have no header", async (t) => {
  const page = await open(t, "device-fingerprint", { prepare: (name) => name.toUpperCase() });
  page.field.focus();
  await page.fingerprint("f1");
  const { tell } = page.program.mounts[0];
  const headers = new Headers();
  assert.equal(await tell("prepare", ["PRIMARY_AUTH", '{"username":"ada"}', headers]), '{"username":"ADA"}');
  assert.equal(headers.get("X-Device-Fingerprint"), "f1");
  const others = new Headers();
  await tell("prepare", ["FORGOT_PASSWORD", '{"username":"ada"}', others]);
  assert.equal(others.has("X-Device-Fingerprint"), false);
});

for (const value of [undefined, 7, "", "a\nb", "ä", "x".repeat(4097)]) {
  test(`one signs in without a fingerprint that can't be sent: ${JSON.stringify(value)?.slice(0, 10)}`, async (t) => {
    const page = await open(t, "device-fingerprint");
    const headers = new Headers();
    const sent = page.program.mounts[0].tell("prepare", ["PRIMARY_AUTH", "{}", headers]);
    await page.fingerprint(value);
    assert.equal(await sent, "{}");
    assert.equal(headers.has("X-Device-Fingerprint"), false);
  });
}

test("one signs in without a fingerprint where the frame does not answer", async (t) => {
  const page = await open(t, "device-fingerprint");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const headers = new Headers();
  const sent = page.program.mounts[0].tell("prepare", ["PRIMARY_AUTH", "{}", headers]);
  t.mock.timers.tick(10_000);
  assert.equal(await sent, "{}");
  assert.deepEqual([headers.has("X-Device-Fingerprint"), page.frame()], [false, null]);
});

test("a user name that is there already has its picture at once", async (t) => {
  const page = await open(t, "security-image", { answers: [known("A fern")] });
  page.field.value = "ada";
  page.find("[name=password]").focus();
  await page.fingerprint("f1");
  assert.equal(page.image.alt, "A fern");
});
