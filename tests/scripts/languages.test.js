import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { matching } from "../../src/embed/js/matching-language.js";
import { done, openPage, staticForm } from "./page.js";

/** The same table as in xtask/languages/src/tags.rs. */
test("tags and the languages that fit", () => {
  const available = ["de", "fil", "he", "no", "pt-BR", "zh-Hans", "zh-Hant"];
  for (const [wanted, tag] of [
    ["de", "de"],
    ["de-AT", "de"],
    ["DE-ch", "de"],
    ["pt-PT", "pt-BR"],
    ["pt", "pt-BR"],
    ["zh", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh-HK", "zh-Hant"],
    ["zh-TW", "zh-Hant"],
    ["nb", "no"],
    ["nn-NO", "no"],
    ["tl", "fil"],
    ["iw", "he"],
    ["eo", undefined],
    ["x", undefined],
    ["", undefined],
  ]) {
    assert.equal(matching(wanted, available), tag, wanted);
  }
});

const CATALOGUE = { "primary.submit": "Sign in", "primary.title": "Sign in", "session.as": "Signed in as {login}" };
const PLURAL = "{seconds, plural, one {# second} other {# seconds}}";

/** A page with these languages beside its scripts, as the build writes them. */
async function open(t, { body, languages, without = [] }) {
  const page = await openPage(t, { body, languages });
  const folder = new URL(page.address(""));
  const write = (name, content) => without.includes(name) || writeFile(fileURLToPath(new URL(name, folder)), content);
  await mkdir(fileURLToPath(new URL("locales", folder)));
  const files = ["de", "ar"].map((tag) => {
    const file = (end) => `{ url: new URL("./locales/${tag}${end}.js", import.meta.url), integrity: "" }`;
    return `"${tag}": [${file("")}, ${file("-rest")}]`;
  });
  await write("language-list.js", `export const LANGUAGE_FILES = { ${files} };\nexport const TITLE = 1;\n`);
  await write("okta-sign-in-strings.js", `export default ${JSON.stringify({ ...CATALOGUE, paused: PLURAL })};\n`);
  for (const tag of ["de", "ar"]) {
    const first = {
      language: tag,
      isRightToLeft: tag === "ar",
      messages: { 1: `${tag} title`, 2: `${tag} submit` },
      scripts: { "load.failed": `${tag} failed`, "action.retry": `${tag} retry`, "brand.title": `${tag}: {application}` },
    };
    await write(`locales/${tag}.js`, `export default ${JSON.stringify(first)};\n`);
    await write(`locales/${tag}-rest.js`, `export default ${JSON.stringify({ messages: { 3: `${tag} rest` } })};\n`);
  }
  const warnings = t.mock.method(console, "warn", () => {}).mock;
  page.warnings = () => warnings.calls.map(({ arguments: [text] }) => text);
  return page;
}

/** Starts the widget of such a page; `prepare` gets its element before. */
async function start(t, { prepare, ...given }) {
  const page = await open(t, given);
  page.element = page.find("okta-sign-in");
  prepare?.(page.element);
  await page.script("okta-sign-in.js");
  await page.element.start();
  await done();
  [page.mounted] = page.program.mounts;
  return page;
}

const TAG = '<okta-sign-in base-url="https://a.example"';

test("the language is the option's, else that of the place in the page, else the browser's", async (t) => {
  for (const [body, languages, tag] of [
    [`${TAG}></okta-sign-in>`, ["en-GB", "de"], undefined],
    [`${TAG}></okta-sign-in>`, ["de-AT", "en"], "de"],
    [`${TAG}></okta-sign-in>`, ["eo", "ar-EG", "de"], "ar"],
    [`<div lang="de">${TAG}></okta-sign-in></div>`, ["ar"], "de"],
    [`<div lang="en">${TAG}></okta-sign-in></div>`, ["ar"], undefined],
    [`<div lang="de">${TAG} lang="ar"></okta-sign-in></div>`, ["de"], "ar"],
    [`<div lang="eo">${TAG}></okta-sign-in></div>`, ["de"], "de"],
    [`<div lang="de">${TAG} language="ar"></okta-sign-in></div>`, ["de"], "ar"],
    [`<div lang="de">${TAG} language="en"></okta-sign-in></div>`, ["de"], undefined],
    [`${TAG}></okta-sign-in>`, ["eo"], "en"],
  ]) {
    await t.test(`${body} ${languages}`, async (t) => {
      const page = await start(t, { body, languages });
      assert.equal(page.mounted.language?.language, tag);
      assert.equal(page.mounted.language?.isRightToLeft, tag === undefined || tag === "en" ? undefined : tag === "ar");
      assert.deepEqual(page.warnings(), []);
    });
  }
});

test("a language that is not there is named to the developer", async (t) => {
  const page = await start(t, { body: `${TAG} language="eo"></okta-sign-in>`, languages: ["de"] });
  assert.equal(page.mounted.language.language, "de");
  assert.match(page.warnings().join(), /there is no eo; de is used/);
});

test("numbers and plurals are the language's", async (t) => {
  const { mounted } = await start(t, { body: `${TAG} language="ar"></okta-sign-in>` });
  const { plural } = mounted.language;
  assert.deepEqual([0, 1, 2, 3, 11, 100].map(plural), ["zero", "one", "two", "few", "many", "other"]);
  assert.equal(mounted.language.number(1000).replace(/\D/g, ""), new Intl.NumberFormat("ar").format(1000).replace(/\D/g, ""));
});

test("without its file, the widget speaks English", async (t) => {
  const body = `${TAG} language="de"></okta-sign-in>`;
  const page = await start(t, { body, without: ["locales/de.js"] });
  assert.equal(page.mounted.language, undefined);
  assert.equal(page.errors().length, 1);
});

test("a language that changes is spoken by the widget that is there", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>` });
  page.element.language = "ar";
  await done();
  assert.equal(page.mounted.language.language, "ar");
  page.element.setAttribute("language", "de");
  page.element.language = undefined;
  await done();
  assert.equal(page.mounted.language.language, "de");
  page.element.language = "en";
  await done();
  assert.equal(page.mounted.language, undefined);
  assert.equal(page.program.mounts.length, 1);
});

test("a language that changes while the widget starts is spoken too", async (t) => {
  for (const [before, after] of [["en", "ar"], ["de", "ar"], ["de", "en"]]) {
    await t.test(`${before} ${after}`, async (t) => {
      const page = await open(t, { body: `${TAG} language="${before}"></okta-sign-in>` });
      const element = page.find("okta-sign-in");
      await page.script("okta-sign-in.js");
      element.language = after;
      await element.start();
      await done();
      await done();
      const [mounted] = page.program.mounts;
      assert.equal(mounted.language?.language, after === "en" ? undefined : after);
    });
  }
});

test("widgets of one language share what was loaded", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>${TAG} lang="de"></okta-sign-in>` });
  const [one, other] = page.program.mounts;
  assert.equal(one.language, other.language);
});

test("the texts of other steps are there when they are asked for", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>` });
  assert.equal(page.mounted.language.messages[3], undefined);
  await page.mounted.tell("texts");
  assert.equal(page.mounted.language.messages[3], "de rest");
  assert.equal(page.mounted.tell("texts"), undefined);
});

test("without them, those steps are in English, and in the language when it is asked again", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>`, without: ["locales/de-rest.js"] });
  const german = page.mounted.language;
  await page.mounted.tell("texts");
  assert.equal(page.mounted.language, undefined);
  await page.mounted.tell("texts");
  assert.equal(page.mounted.language, undefined);
  assert.equal(german.messages[3], undefined);
});

test("a step speaks another language only when all its texts are there", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>` });
  await page.mounted.tell("texts");
  const spoken = [];
  page.mounted.setLanguage = (language) => spoken.push(language && { ...language.messages });
  page.element.language = "ar";
  await done();
  assert.deepEqual(spoken, [{ 1: "ar title", 2: "ar submit", 3: "ar rest" }]);
});

test("a language that comes after the first form was left is spoken as a whole", async (t) => {
  const page = await open(t, { body: `${TAG} language="de"></okta-sign-in>` });
  const spoken = [];
  const mount = page.program.mount;
  page.program.mount = (...args) => {
    const mounted = mount(...args);
    // Before the language is there.
    mounted.tell("texts");
    mounted.setLanguage = (language) => spoken.push(language && { ...language.messages });
    return mounted;
  };
  page.element = page.find("okta-sign-in");
  await page.script("okta-sign-in.js");
  page.element.start();
  await done();
  page.element.language = "ar";
  await done();
  assert.deepEqual(spoken.at(-1), { 1: "ar title", 2: "ar submit", 3: "ar rest" });
  assert.ok(spoken.every((messages) => messages === undefined || messages[3]), JSON.stringify(spoken));
});

test("without them, it speaks English", async (t) => {
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>`, without: ["locales/ar-rest.js"] });
  await page.mounted.tell("texts");
  page.element.language = "ar";
  await done();
  assert.equal(page.mounted.language, undefined);
});

test("the page's own words take the place of the messages, in every language or in one", async (t) => {
  const strings = { "primary.submit": "Go", "session.as": "{login}!", de: { "primary.submit": "Los" }, ar: { "primary.title": "x" } };
  const prepare = (element) => (element.strings = strings);
  const german = await start(t, { body: `${TAG} language="de"></okta-sign-in>`, prepare });
  assert.deepEqual(german.mounted.language.messages, { 1: "Los", 2: "de submit", 3: "{login}!" });
  assert.deepEqual(german.warnings(), []);
});

test("of several tags that fit the language, the best one counts", async (t) => {
  const strings = { "de-AT": { "primary.submit": "Servus" }, de: { "primary.title": "Los" }, lb: { "session.as": "{login}" } };
  const prepare = (element) => (element.strings = strings);
  const page = await start(t, { body: `${TAG} language="de"></okta-sign-in>`, prepare });
  assert.deepEqual(page.mounted.language.messages, { 1: "de title", 2: "Los" });
});

test("in English too, with the application's name in the heading", async (t) => {
  const prepare = (element) => (element.strings = { "primary.submit": "Go" });
  const page = await start(t, { body: `${TAG} application-name=" Desk\n 1 "></okta-sign-in>`, prepare });
  assert.deepEqual(page.mounted.language.messages, { 1: "Go" });
  page.element.strings = undefined;
  await done();
  assert.deepEqual(page.mounted.language.messages, { 1: "Sign in to Desk 1" });
  page.element.language = "de";
  await done();
  assert.equal(page.mounted.language.messages[1], "de: Desk 1");
});

test("words are checked: the key, the text, the placeholders", async (t) => {
  const strings = {
    "primary.title": "  Welcome\n back ",
    "session.as": "Angemeldet als {login}",
    paused: "{seconds, plural, =0 {Now} one {Soon} other {{seconds} s}}",
    "primary.titel": "Welcome",
    toString: "x",
    "primary.submit": 5,
  };
  const wrong = [{ "session.as": "Hello" }, { "session.as": "{login" }, { "primary.title": "{login}" }, { "primary.title": " " }];
  for (const [given, messages, keys] of [
    [strings, { 0: strings.paused, 2: "Welcome back", 3: "Angemeldet als {login}" }, ["primary.titel", "toString", "primary.submit"]],
    ...wrong.map((strings) => [strings, {}, Object.keys(strings)]),
  ]) {
    await t.test(JSON.stringify(given), async (t) => {
      const page = await start(t, { body: `${TAG}></okta-sign-in>`, prepare: (element) => (element.strings = given) });
      assert.deepEqual(page.mounted.language.messages, messages);
      assert.deepEqual(page.warnings().map((text) => /"(.*?)"/.exec(text)[1]), keys);
    });
  }
});

test("what the scripts say is in the language", async (t) => {
  const page = await open(t, { body: `${TAG} language="de"></okta-sign-in>` });
  await page.serveCore(false);
  await page.script("okta-sign-in.js");
  await done();
  assert.equal(page.find("p").textContent, "de failed");
  assert.equal(page.find("button").textContent, "de retry");
});

test("the catalogue has what the scripts say", async () => {
  const catalogue = JSON.parse(await readFile(new URL("../../locales/en.arb", import.meta.url), "utf8"));
  assert.equal(catalogue["brand.title"], "Sign in to {application}");
});

test("a form in the language waits longer than one that is not there", async (t) => {
  for (const [form, waits] of [[staticForm().replace("<div ", '<div lang="de" '), true], [staticForm(), false]]) {
    await t.test(form, async (t) => {
      const page = await open(t, { body: `${TAG} language="de">${form}</okta-sign-in>` });
      // A file that does not come.
      await writeFile(fileURLToPath(page.address("locales/de.js")), "await new Promise(() => {});\nexport default {};\n");
      let limit;
      const { setTimeout } = globalThis;
      t.mock.method(globalThis, "setTimeout", (run, millis) => {
        if (millis >= 200) limit ??= millis;
        return setTimeout(run, millis >= 200 ? 0 : millis);
      });
      await page.script("okta-sign-in.js");
      while (!page.program.mounts.length) await done();
      assert.equal(limit, waits ? 3000 : 200);
      assert.equal(page.program.mounts[0].language, undefined);
    });
  }
});
