import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, staticForm } from "./page.js";

const HELD = "data-oaw-held";
const BODY = `<okta-sign-in>${staticForm()}</okta-sign-in>`;

test("a submit is held, with the value of the button, until it is taken", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { holdSubmits, takeHeld } = await page.script("static-form.js");
  const held = [];
  holdSubmits((form) => held.push(form));
  const form = page.find("form");
  let sent = 0;
  page.document.addEventListener("submit", (event) => (sent += !event.defaultPrevented));
  for (const [selector, value] of [
    ["button[value=forgot]", "forgot"],
    ["button:not([value])", ""],
  ]) {
    page.find(selector).click();
    assert.equal(form.hasAttribute(HELD), true, "the button says so");
    assert.equal(takeHeld(page.find("okta-sign-in")), value);
    assert.equal(form.hasAttribute(HELD), false);
    assert.equal(takeHeld(page.find("okta-sign-in")), undefined);
  }
  assert.deepEqual(held, [form, form]);
  assert.equal(sent, 0, "the page is not left");
});

test("a submit is held where the page stops the event", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { holdSubmits, takeHeld } = await page.script("static-form.js");
  holdSubmits(() => {});
  page.find("form").addEventListener("submit", (event) => event.stopImmediatePropagation());
  page.find("button").click();
  assert.equal(takeHeld(page.find("okta-sign-in")), "");
});

test("markup that says a form was submitted submits nothing", async (t) => {
  const page = await openPage(t, { body: BODY.replace("<form", `<form ${HELD}="" ${HELD}-again="*"`) });
  const { holdEarlier, takeHeld } = await page.script("static-form.js");
  holdEarlier(page.find("okta-sign-in"));
  assert.equal(takeHeld(page.find("okta-sign-in")), undefined);
});

/** Opens a page whose form was submitted before the script, by the focused control. */
async function openSubmitted(t, focused, submitted = true) {
  const page = await openPage(t, { body: BODY });
  const { holdEarlier, takeHeld } = await page.script("static-form.js");
  const probe = page.find("[hidden]");
  probe.matches = (selector) => submitted && selector === ":is(:user-valid)";
  page.find(focused)?.focus();
  holdEarlier(page.find("okta-sign-in"));
  assert.equal(page.find("[hidden]"), null, "hydration needs the form without it");
  return { page, pressed: () => takeHeld(page.find("okta-sign-in")) };
}

for (const [focused, value] of [
  ["nothing", ""],
  ["[name=password]", ""],
  ["button:not([value])", ""],
  ["button[value=forgot]", "forgot"],
]) {
  test(`a submit before the script, with focus on ${focused}, is one by the button "${value}"`, async (t) => {
    const { page, pressed } = await openSubmitted(t, focused);
    assert.equal(page.find("form").hasAttribute(HELD), true);
    assert.equal(pressed(), value);
  });
}

test("a form that was not submitted before the script is not held", async (t) => {
  const { page, pressed } = await openSubmitted(t, "button[value=forgot]", false);
  assert.equal(page.find("form").hasAttribute(HELD), false);
  assert.equal(pressed(), undefined);
});

test("another form of the page is submitted", async (t) => {
  const page = await openPage(t, { body: "<form><button>Search</button></form>" });
  const { holdSubmits } = await page.script("static-form.js");
  holdSubmits(() => assert.fail("it is not a static form"));
  let sent = 0;
  page.document.addEventListener("submit", (event) => {
    sent += !event.defaultPrevented;
    event.preventDefault();
  });
  page.find("button").click();
  assert.equal(sent, 1);
  assert.equal(page.find("form").hasAttribute(HELD), false);
});

test("an element without a static form holds nothing, and shows no failure", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in><p></p></okta-sign-in>" });
  const { holdEarlier, showFailure, takeHeld } = await page.script("static-form.js");
  const element = page.find("okta-sign-in");
  holdEarlier(element);
  assert.equal(takeHeld(element), undefined);
  showFailure(element);
  assert.equal(element.innerHTML, "<p></p>");
});

test("a failure is shown once, under the heading, and the form can be submitted again", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { holdSubmits, removeFailure, showFailure, takeHeld } = await page.script("static-form.js");
  const [element, root, form] = ["okta-sign-in", "[data-oaw-static]", "form"].map(page.find);
  root.inert = true;
  holdSubmits(() => {});
  page.find("button").click();
  showFailure(element);
  showFailure(element);
  const messages = page.document.querySelectorAll(".oaw-message.oaw-message-error[role=alert]");
  assert.equal(messages.length, 1);
  assert.equal(messages[0].textContent, "Try again.");
  assert.equal(messages[0].previousElementSibling, page.find("h2"));
  assert.equal(root.inert, false);
  assert.equal(form.hasAttribute(HELD), false);
  assert.equal(takeHeld(element), undefined, "what was held is dropped");
  removeFailure(root);
  assert.equal(page.find(".oaw-message"), null);
});
