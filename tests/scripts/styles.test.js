import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.js";

const links = (page) => [...page.document.querySelectorAll("link")];

test("the style sheet is added once, from beside the script", async (t) => {
  const page = await openPage(t);
  const { addStyles } = await page.script("styles.js");
  addStyles();
  addStyles();
  assert.deepEqual(
    links(page).map(({ rel, href }) => [rel, href]),
    [["stylesheet", page.address("styles/okta-sign-in.css")]],
  );
});

test("another bundle does not add it again", async (t) => {
  const page = await openPage(t);
  for (const bundle of ["?1", "?2"]) (await page.script("styles.js", bundle)).addStyles();
  assert.equal(links(page).length, 1);
});

for (const mark of ['<link data-okta-sign-in rel="stylesheet">', "<style data-okta-sign-in></style>"]) {
  test(`a page that has it keeps it: ${mark}`, async (t) => {
    const page = await openPage(t, { body: mark });
    const before = links(page).length;
    (await page.script("styles.js")).addStyles();
    assert.equal(links(page).length, before);
  });
}
