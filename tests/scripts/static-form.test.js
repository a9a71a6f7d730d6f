import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, staticForm } from "./page.js";

const HELD = "data-oaw-held";
const BODY = `<okta-sign-in resume-from-url>${staticForm()}</okta-sign-in>`;

test("a submit is held, with the value of the button", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { holdSubmits } = await page.script("static-form.js");
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
    assert.equal(form.getAttribute(HELD), value);
  }
  assert.deepEqual(held, [form, form]);
  assert.equal(sent, 0, "the page is not left");
});

test("a submit is held where the page stops the event", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { holdSubmits } = await page.script("static-form.js");
  holdSubmits(() => {});
  page.find("form").addEventListener("submit", (event) => event.stopImmediatePropagation());
  page.find("button").click();
  assert.equal(page.find("form").getAttribute(HELD), "");
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

for (const [query, attribute, isInert] of [
  ["?stateToken=00a", "", true],
  ["?recoveryToken=00a", "", true],
  ["?token=00a", "", true],
  ["?x=1&token=00a", "true", true],
  ["", "", false],
  ["?token=", "", false],
  ["?mytoken=00a", "", false],
  ["#?token=00a", "", false],
  ["?stateToken=00a", "false", false],
  ["?stateToken=00a", null, false],
]) {
  test(`with "${query}" and resume-from-url ${attribute}, the form is inert: ${isInert}`, async (t) => {
    const page = await openPage(t, { body: BODY, url: `https://app.example/${query}` });
    const { setAside } = await page.script("static-form.js");
    const element = page.find("okta-sign-in");
    if (attribute === null) element.removeAttribute("resume-from-url");
    else element.setAttribute("resume-from-url", attribute);
    setAside(element);
    assert.equal(page.find("[data-oaw-static]").inert ?? false, isInert);
  });
}

test("an element without a static form has nothing to set aside, and shows no failure", async (t) => {
  const page = await openPage(t, {
    body: "<okta-sign-in resume-from-url><p></p></okta-sign-in>",
    url: "https://app.example/?token=00a",
  });
  const { setAside, showFailure } = await page.script("static-form.js");
  const element = page.find("okta-sign-in");
  setAside(element);
  showFailure(element);
  assert.equal(element.innerHTML, "<p></p>");
});

test("a failure is shown once, under the heading, and the form can be submitted again", async (t) => {
  const page = await openPage(t, { body: BODY });
  const { removeFailure, showFailure } = await page.script("static-form.js");
  const [element, root, form] = ["okta-sign-in", "[data-oaw-static]", "form"].map(page.find);
  root.inert = true;
  form.setAttribute(HELD, "");
  showFailure(element);
  showFailure(element);
  const messages = page.document.querySelectorAll(".oaw-message.oaw-message-error[role=alert]");
  assert.equal(messages.length, 1);
  assert.equal(messages[0].textContent, "Try again.");
  assert.equal(messages[0].previousElementSibling, page.find("h2"));
  assert.equal(root.inert, false);
  assert.equal(form.hasAttribute(HELD), false);
  removeFailure(root);
  assert.equal(page.find(".oaw-message"), null);
});
