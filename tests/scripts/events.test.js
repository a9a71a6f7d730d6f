import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

/** A page that collects the events which arrive at its root. */
async function open(t) {
  const page = await openPage(t, { body: "<div><p></p></div>" });
  const seen = [];
  for (const name of ["step", "error"]) page.document.addEventListener(name, (event) => seen.push(event));
  return { page, seen, element: page.find("p"), ...(await page.script("events.js")) };
}

test("an event bubbles, is composed, and can be prevented only where something would follow", async (t) => {
  const { page, seen, element, dispatch } = await open(t);
  page.document.addEventListener("step", (event) => event.preventDefault());
  assert.equal(dispatch(element, "step", { step: "start" }), false);
  assert.equal(dispatch(element, "step", {}, true), true);
  assert.deepEqual([seen[0].bubbles, seen[0].composed, seen[0].cancelable], [true, true, false]);
  assert.deepEqual([seen[0].target, seen[0].detail], [element, { step: "start" }]);
});

test("an error has all four members", async (t) => {
  const { seen, element, reportError } = await open(t);
  reportError(element, { code: "integrity" });
  reportError(element, { code: "E0000004", status: 401, step: "start", retryable: true });
  assert.deepEqual(
    seen.map(({ detail }) => detail),
    [
      { code: "integrity", status: null, step: null, retryable: false },
      { code: "E0000004", status: 401, step: "start", retryable: true },
    ],
  );
});
