// The demo's page of languages offers what the widget has. Not here: that the form changes (tests/e2e).

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { JSDOM } from "jsdom";

const root = new URL("../../", import.meta.url);

async function namesOfCatalogues() {
  const files = (await readdir(new URL("locales", root))).filter((file) => file.endsWith(".arb"));
  const read = async (file) => JSON.parse(await readFile(new URL(`locales/${file}`, root), "utf8"));
  const catalogues = await Promise.all(files.map(read));
  return new Map(catalogues.map((catalogue) => [catalogue["@@locale"], catalogue["@@x-name"]]));
}

test("the demo offers every language by its own name, in the order of the names", async () => {
  const { window } = new JSDOM(await readFile(new URL("demo/languages.html", root), "utf8"));
  const options = [...window.document.querySelectorAll("#language option")];
  const names = await namesOfCatalogues();
  assert.deepEqual(new Map(options.map(({ value, text }) => [value, text]).sort()), new Map([...names].sort()));
  for (const { value, lang } of options) assert.equal(lang, value);
  const { compare } = new Intl.Collator("en");
  assert.deepEqual(options.map(({ text }) => text), options.map(({ text }) => text).sort(compare));
});

test("a language is called what the platform calls it", async () => {
  for (const [tag, name] of await namesOfCatalogues()) {
    const platform = new Intl.DisplayNames([tag], { type: "language" });
    // Node.js has no names in Haitian Creole.
    if (platform.resolvedOptions().locale !== tag) continue;
    const called = platform.of(tag).toLocaleLowerCase(tag);
    assert.ok(name.toLocaleLowerCase(tag).includes(called), `${tag}: ${name} is ${called}`);
  }
});
