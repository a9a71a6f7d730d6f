import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { createOktaSignIn } from "../../src/embed/js/drop-in/class.js";
import { flatten, staysAsGiven, translate } from "../../src/embed/js/drop-in/options.js";
import { CONTROLLERS } from "../../src/embed/js/drop-in/steps.js";
import { EVENTS, METHODS, OPTIONS, OWN } from "../../src/embed/js/drop-in/table.js";

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const document = await read("docs/migration.md");
const BASE = { baseUrl: "https://example.okta.com" };

// What an option needs beside it, and values of the kind that it has.
const BESIDE = {
  "helpLinks.unlock": { "features.selfServiceUnlock": true },
  "registration.click": { "features.registration": true },
  idpDisplay: { idps: [{ type: "GOOGLE", id: "0oa1" }] },
  "registration.postSubmit": { "features.registration": true, "registration.preSubmit": () => {} },
  "registration.parseSchema": { "features.registration": true, "registration.preSubmit": () => {} },
  "registration.preSubmit": { "features.registration": true },
  "features.registration": { "registration.preSubmit": () => {} },
};
const VALUES = {
  i18n: { en: { "primaryauth.title": "Acme" } },
  customButtons: [{ title: "Press", click() {} }],
  idps: [{ type: "GOOGLE", id: "0oa1" }],
  piv: { certAuthUrl: "https://example.okta.com/cert" },
  idpDisplay: "PRIMARY",
  "helpLinks.custom": [{ text: "Portal", href: "https://acme.com" }],
  "helpLinks.factorPage": { text: "Portal", href: "https://acme.com" },
  issuer: "https://issuer.okta.com/oauth2/default",
  language: "ja",
  processCreds: () => {},
};
const valueOf = (name) => VALUES[name] ?? (name.startsWith("features.") || name === "useClassicEngine" ? true : "value");
// These are about the rendering, and not about our options (drop-in.test.js).
const OF_THE_RENDERING = ["consent.cancel", "el", "hooks", "redirectUri"];
// These are about tokens, and do nothing without an app (drop-in-tokens.test.js).
const OF_TOKENS = /^(scopes|state|nonce|codeChallenge(Method)?|authParams\.(?!prompt|maxAge|loginHint|acrValues).*)$/;
globalThis.location = new URL("https://app.example/page");

/** The rows of the first table below a heading, as lists of cells. */
function table(heading) {
  const [, section] = document.split(`\n${heading}\n`);
  const lines = section.split("\n");
  const first = lines.findIndex((line) => line.startsWith("|--"));
  const end = lines.findIndex((line, index) => index > first && !line.startsWith("|"));
  return lines.slice(first + 1, end).map((line) => line.slice(2, -1).split(" | ").map((cell) => cell.trim()));
}

const verdictOf = (name, { verdict, to }) =>
  ({
    taken: to && to !== name.split(".").pop() ? `taken as \`${to}\`` : "taken",
    renamed: `renamed to \`${to}\``,
    always: "always on",
    refused: "refused",
  })[verdict];

for (const [heading, rows] of Object.entries({
  "## Options": OPTIONS,
  "## Methods and members": METHODS,
  "## Events": EVENTS,
})) {
  test(`the document says what the code does: ${heading.replaceAll("#", "").trim()}`, () => {
    const written = table(heading);
    assert.deepEqual(
      written.map(([name, verdict]) => [name, verdict]),
      Object.entries(rows).map(([name, row]) => [`\`${name}\``, verdictOf(name, row)]),
    );
    for (const [index, [name, row]] of Object.entries(rows).entries()) {
      if (row.why) assert.equal(written[index][2], row.why, name);
    }
  });
}

test("the document names the steps as the code does", () => {
  const cell = (name) => name.split(" ").map((part) => `\`${part}\``).join(" of ");
  assert.deepEqual(
    table("### Names of the steps"),
    Object.entries(CONTROLLERS).map(([step, controller]) => [cell(step), `\`${controller}\``]),
  );
});

/** What an option changes of what its companions give, and what the console says of it. */
function effectOf(t, name, value) {
  const beside = { ...(name === "issuer" ? {} : BASE), ...BESIDE[name] };
  const warn = t.mock.method(console, "warn", () => {});
  const without = translate(flatten(beside));
  warn.mock.resetCalls();
  const options = translate(flatten(beside, { [name]: value }));
  const said = warn.mock.calls.map(({ arguments: [text] }) => text).filter((text) => text.includes(` ${name} `));
  warn.mock.restore();
  const isChanged = (key) => JSON.stringify(options[key]) !== JSON.stringify(without[key]) || !(key in without);
  return { options, changed: Object.keys(options).filter(isChanged), said };
}

for (const [name, row] of Object.entries(OPTIONS)) {
  test(`${name} is ${row.verdict}`, (t) => {
    if (OF_THE_RENDERING.includes(name) || OF_TOKENS.test(name)) {
      assert.deepEqual(row, { verdict: "taken", to: undefined });
      assert.deepEqual(effectOf(t, name, valueOf(name)).changed, []);
      return;
    }
    const { options, changed, said } = effectOf(t, name, valueOf(name));
    const problem = `okta-sign-in: ${name} has no effect: ${row.why}`;
    if (row.verdict === "taken" || row.verdict === "renamed") {
      const makes = name === "registration.parseSchema" || name === "baseUrl" ? [] : [row.to];
      assert.ok(makes.every((to) => changed.includes(to) || (name === "features.autoFocus" && options[to])), `${changed}`);
      if (staysAsGiven(name)) assert.equal(options[row.to], name === "baseUrl" ? "value" : valueOf(name));
      const expected = row.verdict === "taken" ? [] : [`okta-sign-in: ${name} is taken as ${row.to}: ${row.why}`];
      assert.deepEqual(said, expected);
    } else if (row.verdict === "always") {
      assert.deepEqual([changed, said], [[], []]);
      assert.deepEqual([effectOf(t, name, false).changed, effectOf(t, name, false).said], [[], [problem]]);
    } else {
      assert.deepEqual([changed, said], [[], [problem]]);
    }
  });
}

test("each of our options that the table names is one", async () => {
  const source = await read("src/config/option.rs");
  const attributes = [...source.matchAll(/Self::\w+ => "([a-z-]+)"/g)].map(([, attribute]) => attribute);
  const ours = new Set(attributes.map((name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())));
  // By its constant there.
  ours.add("resumeFromUrl");
  // Those that the scripts read, and the page's own functions and objects.
  const others = await Promise.all(
    ["src/embed/options.rs", "src/effects/page_code.rs", "src/embed/js/brand/options.js"].map(read),
  );
  const named = [...OWN, ...Object.values(OPTIONS).flatMap(({ to }) => to ?? [])];
  const isOurs = (name) => ours.has(name) || others.some((text) => new RegExp(`\\b${name}\\b`).test(text));
  assert.deepEqual(
    named.filter((name) => !isOurs(name)),
    [],
  );
});

for (const [name, { verdict, why }] of Object.entries(METHODS)) {
  test(`the member ${name} is ${verdict}`, async (t) => {
    t.mock.method(console, "error", () => {});
    const OktaSignIn = createOktaSignIn(async () => ({}));
    const signIn = new OktaSignIn(BASE);
    if (verdict === "taken") assert.equal(typeof signIn[name], "function");
    else assert.throws(() => signIn[name]?.(), { name: "CONFIG_ERROR", message: `${name}: ${why}` });
  });
}

for (const [name, { verdict, why }] of Object.entries(EVENTS)) {
  test(`the event ${name} is ${verdict}`, (t) => {
    const warn = t.mock.method(console, "warn", () => {}).mock;
    const OktaSignIn = createOktaSignIn(async () => ({}));
    new OktaSignIn(BASE).on(name, () => {});
    const said = warn.calls.map(({ arguments: [text] }) => text);
    assert.deepEqual(said, why ? [`okta-sign-in: on("${name}") has no effect: ${why}`] : []);
  });
}
