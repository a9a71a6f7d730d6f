import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { flatten, translate } from "../../src/embed/js/drop-in/options.js";
import { moulded } from "../../src/embed/js/drop-in/registration.js";
import { KEYS } from "../../src/embed/js/drop-in/strings.js";
import { OWN } from "../../src/embed/js/drop-in/table.js";
import * as texts from "../../src/embed/js/drop-in/texts.js";

const BASE = { baseUrl: "https://example.okta.com" };
const catalogue = JSON.parse(await readFile(new URL("../../locales/en.arb", import.meta.url), "utf8"));

/** What a configuration becomes, and what the console says of it. */
function given(t, ...configs) {
  const warn = t.mock.method(console, "warn", () => {});
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { languages: ["en-GB", "fr"] } });
  const options = translate(flatten(BASE, ...configs), ["fr", "no", "zh-Hans"]);
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
  assert.deepEqual(options, { ...BASE, autofocus: true, existingSession: "ignore", language: "en", sessionRedirect: "callback" });
});

test("our own options may stand beside those, and anything else is reported", (t) => {
  const own = Object.fromEntries(OWN.map((name) => [name, name === "strings" ? { "primary.title": "Hello" } : []]));
  const { options, warnings } = given(t, own);
  for (const name of OWN.filter((name) => name !== "links" && name !== "buttons")) assert.deepEqual(options[name], own[name]);
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

test("discovery of identity providers", (t) => {
  const context = { idpDiscovery: { requestContext: "/app/x" } };
  const { options, warnings } = given(t, { features: { idpDiscovery: true }, ...context });
  assert.deepEqual([options.discovery, options.relayState], ["webfinger", "/app/x"]);
  assert.match(warnings[0], /idpDiscovery is taken as discovery/);
  assert.equal(warnings.length, 1);
  const off = given(t, { features: { idpDiscovery: false, prefillUsernameFromIdpDiscovery: true } });
  assert.equal("discovery" in off.options, false);
  assert.deepEqual(off.warnings, []);
});

test("links of every kind", (t) => {
  const { options } = given(t, {
    helpSupportNumber: "(123) 456-7890",
    helpLinks: {
      help: "https://acme.com/help",
      factorPage: { text: "Need help with MFA?", href: "https://acme.com/mfa" },
      custom: [
        { text: "What is Okta?", href: "https://acme.com/what" },
        { text: "Portal", href: "https://acme.com", target: "_blank" },
      ],
    },
    links: [{ label: "Ours", href: "/ours" }],
  });
  assert.equal(options.helpUrl, "https://acme.com/help");
  assert.deepEqual(options.links, [
    { label: "(123) 456-7890", href: "tel:1234567890", newWindow: false },
    { label: "Need help with MFA?", href: "https://acme.com/mfa", newWindow: false },
    { label: "What is Okta?", href: "https://acme.com/what", newWindow: false },
    { label: "Portal", href: "https://acme.com", newWindow: true },
    { label: "Ours", href: "/ours" },
  ]);
});

test("a link for a forgotten password or a locked account takes the place of the widget's own", (t) => {
  const helpLinks = { forgotPassword: "https://acme.com/forgot", unlock: "https://acme.com/unlock" };
  const features = { smsRecovery: true, selfServiceUnlock: true };
  const { options } = given(t, { helpLinks, features });
  assert.deepEqual(
    [options.emailRecovery, options.smsRecovery, options.callRecovery, options.selfServiceUnlock],
    [false, false, false, false],
  );
  assert.deepEqual(
    options.links.map(({ label, href, key }) => [label, href, key]),
    [
      ["Forgot password?", "https://acme.com/forgot", "primary.forgot"],
      ["Unlock account", "https://acme.com/unlock", "primary.unlock"],
    ],
  );
  assert.equal(given(t, { helpLinks: { unlock: "https://acme.com/unlock" } }).options.links, undefined);
});

test("buttons of the page, by title or by key; a click that registers is one of them", (t) => {
  const [first, second, register] = [() => 1, () => 2, () => 3];
  const { options, warnings } = given(t, {
    customButtons: [
      { title: "Click me", className: "btn-customAuth", click: first },
      { i18nKey: "customButton.title", click: second },
    ],
    i18n: { en: { "customButton.title": "By key" }, fr: { "customButton.title": "Par clé" }, no: {} },
    registration: { click: register },
    features: { registration: true },
  });
  assert.deepEqual(options.buttons, [
    { label: "Click me", className: "btn-customAuth", onClick: first },
    { label: { en: "By key", fr: "Par clé" }, className: undefined, onClick: second },
    { label: "Sign up", key: "primary.signup", onClick: register },
  ]);
  assert.equal(options.registration, undefined);
  assert.deepEqual(warnings, []);
});

test("identity providers stand below the form, or above it, by id, type and text", (t) => {
  const idps = [{ type: "GOOGLE", id: "0oa1" }, { id: "0oa2", text: "Staff", className: "mine" }];
  const placed = (position) => [
    { position, type: "GOOGLE", id: "0oa1" },
    { position, label: "Staff", id: "0oa2", className: "mine" },
  ];
  assert.deepEqual(given(t, { idps }).options.idps, placed("below"));
  const { options, warnings } = given(t, { idps, idpDisplay: "PRIMARY" });
  assert.deepEqual([options.idps, warnings], [placed("above"), []]);
  assert.equal(options.divider, true, "as there");
  assert.equal(given(t, { idps, divider: false }).options.divider, false);
  assert.equal("divider" in given(t, {}).options, false);
});

test("a smart card is taken with its text, where the org has an address for it", (t) => {
  const { options, warnings } = given(t, { piv: { certAuthUrl: "https://c.example", text: "CAC", className: "mine", isCustomDomain: true } });
  const piv = { position: "below", label: "CAC", certAuthUrl: "https://c.example", className: "mine", isCustomDomain: true };
  assert.deepEqual([options.piv, options.divider, warnings], [piv, true, []]);
  assert.equal("piv" in given(t, { piv: { text: "CAC" } }).options, false);
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

test("every text that can be replaced is one of ours, with the same values in it", () => {
  for (const [key, ours] of Object.entries(KEYS)) {
    for (const one of [ours].flat()) {
      const text = catalogue[one.key ?? one];
      assert.equal(typeof text, "string", `${key}: ${one.key ?? one}`);
      assert.deepEqual([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name), one.value ? [one.value] : [], key);
    }
  }
});

test("texts are replaced by their keys there; other keys and languages are reported", (t) => {
  const en = {
    "primaryauth.title": "Sign in to Acme",
    "password.expiring.title": "{0} days left",
    "password.reset.title.generic": "New password",
    "country.AF": "Edited",
    toString: "x",
  };
  const strings = { "primary.submit": "Go", nb: { "primary.title": "Acme" } };
  const i18n = { en, "zh-CN": { remember: "x" }, nb: { remember: "Husk", "primaryauth.title": "y" }, fr: null, eo: {} };
  const { options, warnings } = given(t, { i18n, strings });
  assert.deepEqual(options.strings, {
    en: {
      "primary.title": "Sign in to Acme",
      "password.warn.title.days": "{days} days left",
      "recover.password.title": "New password",
      "password.reset.title": "New password",
    },
    "zh-CN": { "primary.remember": "x" },
    nb: { "primary.remember": "Husk", "primary.title": "Acme" },
    "primary.submit": "Go",
  });
  assert.match(warnings[0], /country\.AF, toString/);
  assert.match(warnings[1], /i18n: eo: this widget does not speak that/);
  assert.equal(warnings.length, 2);
});

test("the text for today and the one for a number of days are one plural here", (t) => {
  const today = { "password.expiring.today": "Expire aujourd’hui" };
  const days = { "password.expiring.title": "Expire dans {0} jours" };
  const { options, warnings } = given(t, { i18n: { fr: { ...today, ...days } } });
  assert.deepEqual(options.strings.fr, {
    "password.warn.title.days": "{days, plural, =0 {Expire aujourd’hui} other {Expire dans {days} jours}}",
  });
  assert.deepEqual(warnings, []);
  const alone = given(t, { i18n: { fr: today } });
  assert.deepEqual(alone.options.strings.fr, {});
  assert.match(alone.warnings[0], /password\.expiring\.today has no effect/);
});

test("the language is the one given, or the one that a function chooses, else the browser's", (t) => {
  t.mock.method(console, "error", () => {});
  const asked = [];
  const choose = (supported, wanted) => (asked.push(supported, wanted), wanted[1]);
  const throws = () => {
    throw new Error("the page's");
  };
  for (const [language, expected] of [
    ["ja", "ja"],
    [choose, "fr"],
    [throws, "en"],
    [() => undefined, "en"],
    [undefined, "en"],
  ]) {
    const { options, warnings } = given(t, { language });
    assert.equal(options.language, expected, String(language));
    assert.deepEqual(warnings, []);
  }
  assert.deepEqual(asked, [["en", "fr", "no", "zh-Hans"], ["en-GB", "fr"]]);
});

test("the drop-in says what the catalogue says", () => {
  assert.deepEqual({ ...texts }, {
    MISCONFIGURED: catalogue["widget.misconfigured"],
    FORGOT: catalogue["primary.forgot"],
    UNLOCK: catalogue["primary.unlock"],
    SIGN_UP: catalogue["primary.signup"],
  });
});

