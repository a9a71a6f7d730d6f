import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { flatten, translate } from "../../src/embed/js/drop-in/options.js";
import { moulded } from "../../src/embed/js/drop-in/registration.js";
import { OWN } from "../../src/embed/js/drop-in/table.js";
import * as texts from "../../src/embed/js/drop-in/texts.js";

const BASE = { baseUrl: "https://example.okta.com" };
const catalogue = JSON.parse(await readFile(new URL("../../locales/en.json", import.meta.url), "utf8"));

/** What a configuration becomes, and what the console says of it. */
function given(t, ...configs) {
  const warn = t.mock.method(console, "warn", () => {});
  const options = translate(flatten(BASE, ...configs));
  const warnings = warn.mock.calls.map(({ arguments: [text] }) => text);
  warn.mock.restore();
  return { options, warnings };
}

test("the options of the constructor and of the call are merged, groups and dotted names alike", (t) => {
  const one = { features: { autoPush: true, smsRecovery: true }, username: "a" };
  const { options } = given(t, one, { "features.smsRecovery": false, username: "b", relayState: undefined });
  assert.deepEqual([options.autoPush, options.smsRecovery, options.username], [true, false, "b"]);
  assert.equal("relayState" in options, false);
});

test("the page's code gets the result, and says what follows", (t) => {
  const { options } = given(t, {});
  assert.deepEqual(options, { ...BASE, autofocus: true, existingSession: "ignore", sessionRedirect: "callback" });
});

test("our own options may stand beside those, and anything else is reported", (t) => {
  const own = Object.fromEntries(OWN.map((name) => [name, []]));
  const { options, warnings } = given(t, own);
  for (const name of OWN) assert.deepEqual(options[name], own[name]);
  assert.deepEqual(warnings, []);
  for (const name of ["basUrl", "sessionRedirect", "redirectUrl", "onSuccess", "constructor", "toString"]) {
    const { options, warnings } = given(t, { [name]: "x" });
    assert.match(warnings[0], new RegExp(`${name} is no option`));
    assert.deepEqual(options, given(t, {}).options);
  }
});

test("an issuer names the org where the base URL does not", (t) => {
  const translated = translate(flatten({ issuer: "https://example.okta.com/oauth2/default" }));
  assert.equal(translated.baseUrl, "https://example.okta.com");
  assert.equal(given(t, { issuer: "https://other.okta.com" }).options.baseUrl, BASE.baseUrl);
});

test("a form to register needs the feature, and code of the page that creates the user", (t) => {
  const registration = { preSubmit() {}, postSubmit() {} };
  assert.equal(given(t, { registration }).options.registration, undefined);
  const { options, warnings } = given(t, { registration, features: { registration: true } });
  assert.deepEqual(options.registration, registration);
  assert.match(warnings[0], /it has to create the user, unless hookUrl does/);
  const none = given(t, { registration: { postSubmit() {} }, features: { registration: true } });
  assert.equal(none.options.registration, undefined);
  assert.match(none.warnings[0], /features.registration has no effect: set hookUrl/);
  const hook = given(t, { registration, hookUrl: "/hook", features: { registration: true } });
  assert.deepEqual([hook.options.registration, hook.options.hookUrl], [registration, "/hook"]);
});

test("a schema that the page moulds becomes the fields of the form", async (t) => {
  const warn = t.mock.method(console, "warn", () => {}).mock;
  const parseSchema = (schema, onSuccess) => {
    schema.profileSchema.properties.address = { type: "string", description: "Street Address", maxLength: 255 };
    schema.profileSchema.properties.country = { type: "string", enum: ["A", "B"] };
    schema.profileSchema.fieldOrder.push("address", "country");
    setTimeout(onSuccess, 0, schema);
  };
  const { fields, preSubmit } = await moulded({ preSubmit: "kept" }, parseSchema);
  assert.equal(preSubmit, "kept");
  assert.deepEqual(fields.map(({ name, label, type, required }) => [name, label, type, required]), [
    ["firstName", undefined, "text", true],
    ["lastName", undefined, "text", true],
    ["email", undefined, "email", true],
    ["password", undefined, "password", true],
    ["address", "Street Address", "text", false],
  ]);
  assert.match(warn.calls[0].arguments[0], /country is left out/);
});

test("a schema that fails, throws or never comes leaves the form as it is", async (t) => {
  t.mock.method(console, "error", () => {});
  t.mock.method(console, "warn", () => {});
  const before = { preSubmit() {} };
  assert.deepEqual(await moulded(before, (schema, onSuccess, onFailure) => onFailure()), before);
  const throws = () => {
    throw new Error("the page's");
  };
  assert.deepEqual(await moulded(before, throws), before);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const never = moulded(before, () => {});
  t.mock.timers.tick(10_000);
  assert.deepEqual(await never, before);
});

test("the drop-in says what the catalogue says", () => {
  assert.deepEqual({ ...texts }, {
    MISCONFIGURED: catalogue["widget.misconfigured"],
  });
});

