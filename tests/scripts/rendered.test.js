import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";

/** Whether `formRendered` has resolved for an element with `content`, before and after `change`. */
async function resolves(t, content, change) {
  const page = await openPage(t, { body: `<main>${content}</main>` });
  const { formRendered } = await page.script("rendered.js");
  let resolved = 0;
  formRendered(page.find("main")).then(() => (resolved += 1));
  await done();
  const before = resolved;
  change?.(page.find("main"));
  await done();
  return [before, resolved];
}

test("a form that is there already counts", async (t) => {
  assert.deepEqual(await resolves(t, "<div><form></form></div>"), [1, 1]);
});

test("a form that is added counts", async (t) => {
  const add = (element) => (element.firstChild.innerHTML = "<form></form>");
  assert.deepEqual(await resolves(t, "<div></div>", add), [0, 1]);
});

test("a static form counts when it belongs to the widget", async (t) => {
  const hydrate = (element) => element.firstChild.removeAttribute("data-oaw-static");
  assert.deepEqual(await resolves(t, "<div data-oaw-static><form></form></div>", hydrate), [0, 1]);
});
