import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";

import { MY_FACTORS_OPTIONS, SIGN_IN_OPTIONS, TEXT_OPTIONS } from "../../src/embed/js/constants.js";

const file = (path) => new URL(`../../${path}`, import.meta.url);
const read = (path) => readFile(file(path), "utf8");
const MANIFEST = "src/embed/types/custom-elements.json";
const EVENTS = ["ready", "step", "success", "error", "cancel"];
const FUNCTIONS = ["onSuccess", "registration", "tokens", "transformUsername", "processCredentials"];
const WORDS = "strings";
const property = (attribute) => attribute.replace(/-./g, ([, letter]) => letter.toUpperCase());

/** The members of an interface with their types and comments. */
function members(source, name) {
  const [, body] = source.match(new RegExp(`interface ${name}\\b[^{]*{\\n(.*?)\\n}`, "s"));
  const found = body.matchAll(/ {2}\/\*\* ([^\n]*) \*\/\n {2}(\w+)\??: ([^\n]*);/g);
  return new Map([...found].map(([, comment, name, type]) => [name, { comment, type }]));
}

/** What the manifest says of an element. */
function element({ name, className, script, options, functions, methods, events, types, details }) {
  const attributes = options.map((attribute) => ({ attribute, name: property(attribute) }));
  const typed = (name) => ({ type: { text: types.get(name).type }, description: types.get(name).comment });
  const declaration = {
    kind: "class",
    customElement: true,
    tagName: name,
    name: className,
    attributes: attributes.map(({ attribute, name }) => ({ name: attribute, fieldName: name, ...typed(name) })),
    members: [
      ...attributes.map(({ attribute, name }) => ({ kind: "field", name, attribute, ...typed(name) })),
      ...functions.map((name) => ({ kind: "field", name, ...typed(name) })),
      { kind: "field", name: "transaction", type: { text: "Transaction | null" }, readonly: true },
      ...methods.map((name) => ({ kind: "method", name })),
    ],
    events: events.map((name) => ({
      name,
      type: { text: `CustomEvent<SignInEventDetails["${name}"]>` },
      description: details.get(name).comment,
    })),
  };
  const exported = { kind: "custom-element-definition", name, declaration: { name: className, module: script } };
  return { kind: "javascript-module", path: script, declarations: [declaration], exports: [exported] };
}

test("every option, function and event is declared, and nothing else", async () => {
  const signIn = await read("src/embed/types/okta-sign-in.d.ts");
  const myFactors = await read("src/embed/types/okta-my-factors.d.ts");
  const names = (source, name) => [...members(source, name).keys()];
  assert.deepEqual(names(signIn, "SignInOptions"), SIGN_IN_OPTIONS.split(" ").map(property));
  assert.deepEqual(names(signIn, "TextOptions"), TEXT_OPTIONS.split(" ").map(property));
  assert.deepEqual(names(signIn, "SignInCallbacks"), FUNCTIONS);
  assert.deepEqual(names(signIn, "SignInEventDetails"), EVENTS);
  assert.deepEqual(names(myFactors, "MyFactorsOptions"), MY_FACTORS_OPTIONS.split(" ").map(property));
  const script = await read("src/embed/js/okta-sign-in.js");
  const [, properties] = script.match(/properties: \[(.*?)\]/);
  assert.deepEqual(JSON.parse(`[${properties}]`), [...FUNCTIONS, WORDS]);
});

test("every option and event has its row in the guide", async () => {
  const guide = await read("docs/embedding.md");
  const rows = guide.split("\n").filter((line) => line.startsWith("| `"));
  const first = rows.map((row) => row.split("|")[1]);
  const options = [SIGN_IN_OPTIONS, MY_FACTORS_OPTIONS, TEXT_OPTIONS].flatMap((names) => names.split(" "));
  for (const name of [...options, ...EVENTS, ...FUNCTIONS, WORDS]) {
    assert.ok(first.some((cell) => cell.includes(`\`${name}\``)), name);
  }
});

// UPDATE_EXPECT=1 writes it anew.
test("the manifest of the elements says the same", async () => {
  const signIn = await read("src/embed/types/okta-sign-in.d.ts");
  const myFactors = await read("src/embed/types/okta-my-factors.d.ts");
  const details = members(signIn, "SignInEventDetails");
  const ofSignIn = ["SignInOptions", "TextOptions", "SignInCallbacks", "OwnWords"].flatMap((name) => [...members(signIn, name)]);
  const types = new Map(ofSignIn);
  const manifest = {
    schemaVersion: "1.0.0",
    modules: [
      element({
        name: "okta-sign-in",
        className: "OktaSignInElement",
        script: "okta-sign-in.js",
        options: [...SIGN_IN_OPTIONS.split(" "), ...TEXT_OPTIONS.split(" ")],
        functions: [...FUNCTIONS, WORDS],
        methods: ["start", "cancel"],
        events: EVENTS,
        types,
        details,
      }),
      element({
        name: "okta-my-factors",
        className: "OktaMyFactorsElement",
        script: "okta-my-factors.js",
        options: [...MY_FACTORS_OPTIONS.split(" "), "language"],
        functions: [WORDS],
        methods: ["start"],
        events: ["ready", "step", "error"],
        types: new Map([...members(myFactors, "MyFactorsOptions"), ...types]),
        details,
      }),
    ],
  };
  const expected = `${JSON.stringify(manifest, null, 2)}\n`;
  if (process.env.UPDATE_EXPECT) await writeFile(file(MANIFEST), expected);
  assert.equal(await read(MANIFEST), expected);
});
