import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage, staticForm } from "./page.js";

/** Opens a page with a static form, has `enter` fill it in, and starts a widget over it. */
async function start(t, { nodes, enter = () => {}, form, fill } = {}) {
  const page = await openPage(t, { body: `<okta-sign-in>${staticForm(nodes)}</okta-sign-in>` });
  page.find("[hidden]").remove();
  if (fill) page.program.fill = fill;
  const { inspectStaticForm } = await page.script("carry-over.js");
  const element = page.find("okta-sign-in");
  if (form) page.program.form = form;
  const before = page.find("form");
  enter(page);
  const carryOver = inspectStaticForm(element);
  page.program.mount(element);
  await Promise.all([carryOver(), done()]);
  return { page, element, before, after: page.find("form"), mounted: page.program.mounts[0] };
}

function fillIn(page) {
  page.find("[name=username]").value = "ana";
  page.find("[name=password]").value = "secret";
  page.find("[name=remember]").checked = true;
}

const entries = (page) => [
  page.find("[name=username]").value,
  page.find("[name=password]").value,
  page.find("[name=remember]").checked,
];

test("a form with the nodes that were rendered is hydrated", async (t) => {
  const { page, before, after, mounted } = await start(t, { enter: fillIn });
  assert.equal(after, before);
  assert.deepEqual(entries(page), ["ana", "secret", true]);
  assert.equal(mounted.inputs, 1, "the widget is informed of the entries");
});

test("nothing is entered in a form that was hydrated", async (t) => {
  const changes = [];
  const enter = (page) => {
    fillIn(page);
    const field = page.find("[name=username]");
    field.focus();
    for (const name of ["focus", "setSelectionRange"]) field[name] = () => changes.push(name);
  };
  await start(t, { enter });
  assert.deepEqual(changes, []);
});

test("the white space around it does not prevent that", async (t) => {
  const { element } = await start(t);
  assert.deepEqual(
    [...element.childNodes].map(({ nodeName }) => nodeName),
    ["DIV"],
  );
});

for (const [what, add] of [
  ["an element", (page) => page.document.createElement("i")],
  ["a comment", (page) => page.document.createComment("")],
]) {
  test(`${what} of something else makes the widget render again, with what was typed`, async (t) => {
    const enter = (page) => {
      fillIn(page);
      page.find("h2").after(add(page));
    };
    const { page, before, after, mounted } = await start(t, { enter });
    assert.notEqual(after, before);
    assert.deepEqual(entries(page), ["ana", "secret", true]);
    assert.equal(mounted.inputs, 1);
  });
}

test("missing nodes do the same", async (t) => {
  const { before, after } = await start(t, { nodes: 9 });
  assert.notEqual(after, before);
});

test("a form in which nobody typed is not reported", async (t) => {
  const { mounted } = await start(t, { nodes: 9 });
  assert.equal(mounted.inputs, 0);
});

for (const [what, enter] of [
  ["a text", (page) => (page.find("[name=username]").value = "a")],
  ["a check box", (page) => (page.find("[name=remember]").checked = true)],
]) {
  test(`${what} alone is reported`, async (t) => {
    const { mounted } = await start(t, { enter });
    assert.equal(mounted.inputs, 1);
  });
}

test("focus and selection are carried over", async (t) => {
  const enter = (page) => {
    fillIn(page);
    page.find("[name=username]").focus();
    page.find("[name=username]").setSelectionRange(1, 2, "backward");
  };
  const { page } = await start(t, { nodes: 9, enter });
  const field = page.find("[name=username]");
  assert.equal(page.document.activeElement, field);
  const { selectionStart, selectionEnd, selectionDirection } = field;
  assert.deepEqual([selectionStart, selectionEnd, selectionDirection], [1, 2, "backward"]);
});

test("a check box keeps the focus", async (t) => {
  const { page } = await start(t, { nodes: 9, enter: (page) => page.find("[name=remember]").focus() });
  assert.equal(page.document.activeElement, page.find("[name=remember]"));
});

test("focus elsewhere stays", async (t) => {
  const { page } = await start(t, { nodes: 9, enter: fillIn });
  assert.equal(page.document.activeElement, page.document.body);
});

test("a field that the new form does not have is left out", async (t) => {
  const { page } = await start(t, { nodes: 9, enter: fillIn, form: '<input name="username"><button></button>' });
  assert.equal(page.find("[name=username]").value, "ana");
});

/** The program knows a name, and that it is kept. */
function fillName(element) {
  element.querySelector("[name=username]").value = "kept";
  element.querySelector("[name=remember]").checked = true;
}

test("what the widget fills in is not emptied by a field in which nobody typed", async (t) => {
  const { page } = await start(t, { nodes: 9, fill: fillName });
  assert.deepEqual(entries(page), ["kept", "", true]);
  assert.equal(page.document.activeElement, page.document.body);
});

test("focus on a name that the widget fills in moves on to the password", async (t) => {
  const enter = (page) => page.find("[name=username]").focus();
  const { page } = await start(t, { nodes: 9, enter, fill: fillName });
  assert.equal(page.document.activeElement, page.find("[name=password]"));
});

test("a name that was typed comes before the one that the widget fills in, and keeps the focus", async (t) => {
  const enter = (page) => {
    page.find("[name=username]").value = "ana";
    page.find("[name=username]").focus();
  };
  const { page } = await start(t, { nodes: 9, enter, fill: fillName });
  assert.deepEqual(entries(page), ["ana", "", true]);
  assert.equal(page.document.activeElement, page.find("[name=username]"));
});

test("another step does not get the entries", async (t) => {
  const enter = fillIn;
  const form = '<input name="password"><button></button>';
  const { page, mounted } = await start(t, { nodes: 9, enter, form });
  assert.equal(page.find("[name=password]").value, "");
  assert.equal(mounted.inputs, 0);
});

test("an inert form can be used when the widget has started", async (t) => {
  const { page } = await start(t, { enter: (page) => (page.find("[data-oaw-static]").inert = true) });
  assert.equal(page.find("okta-sign-in > div").inert, false);
});

test("a failure that was shown is removed, and does not prevent hydration", async (t) => {
  const page = await openPage(t, { body: `<okta-sign-in>${staticForm()}</okta-sign-in>` });
  const { holdEarlier, showFailure } = await page.script("static-form.js");
  const { inspectStaticForm } = await page.script("carry-over.js");
  const element = page.find("okta-sign-in");
  holdEarlier(element);
  showFailure(element);
  inspectStaticForm(element);
  assert.equal(page.find(".oaw-message"), null);
  assert.notEqual(page.find("[data-oaw-static]"), null);
});

test("an element without a static form stays as it is", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in> <p></p> </okta-sign-in>" });
  const { inspectStaticForm } = await page.script("carry-over.js");
  const carryOver = inspectStaticForm(page.find("okta-sign-in"));
  carryOver();
  assert.equal(page.find("okta-sign-in").innerHTML, " <p></p> ");
});
