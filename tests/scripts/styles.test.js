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

test("the style sheet gets the nonce of the page's scripts, or the one that is given", async (t) => {
  const page = await openPage(t, { body: '<script src="a.js"></script><script nonce="n1"></script>' });
  const { addStyles } = await page.script("styles.js");
  addStyles("");
  assert.equal(links(page)[0].nonce, "n1");
  links(page)[0].remove();
  addStyles("n2");
  assert.equal(links(page)[0].nonce, "n2");
});

test("an element and a configuration may have the nonce", async (t) => {
  const page = await openPage(t, { body: '<okta-sign-in nonce="n1"></okta-sign-in><div></div>' });
  const { mount } = await page.script("okta-sign-in.js");
  assert.equal(links(page)[0].nonce, "n1");
  links(page)[0].remove();
  await mount(page.find("div"), { nonce: "n2" }).ready;
  assert.equal(links(page)[0].nonce, "n2");
});
