import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import google from "google-libphonenumber";
import * as core from "libphonenumber-js/core/es6";

import { createFields } from "../../src/embed/js/phone/fields.js";
import { createRules } from "../../src/embed/js/phone/rules.js";
import { toAscii } from "../../src/embed/js/phone/text.js";
import { done, openPage } from "./page.js";

const metadata = createRequire(import.meta.url)("libphonenumber-js/metadata.min.json");
const { read, format, split } = createRules(core, metadata);

const sent = (region, typed) => read(region, typed).number;

/** What a person sees who types these characters one after another, or pastes them; and the region that is shown. */
function type(region, characters) {
  let [text, shown] = ["", region];
  for (const character of characters) {
    const typed = text + character;
    const formatted = format(region, typed, typed.length, "insertText");
    assert.equal(formatted.caret, formatted.text.length, `the caret stays at the end: ${typed}`);
    ({ text, region: shown } = formatted);
  }
  return [text, shown];
}

/** The same for a text in which `|` is the caret. */
function change(region, typed, inputType) {
  const caret = typed.indexOf("|");
  const formatted = format(region, typed.replace("|", ""), caret, inputType);
  return `${formatted.text.slice(0, formatted.caret)}|${formatted.text.slice(formatted.caret)}`;
}

// --- reading ---

test("numbers that were sent wrong", () => {
  for (const [region, typed, number] of [
    ["US", "1 505 269 4259", "+15052694259"],
    ["GB", "+44 (0)20 7946 0958", "+442079460958"],
    ["CI", "07 12 34 56 78", "+2250712345678"],
    ["RU", "8 912 345 67 89", "+79123456789"],
    ["JP", "０９０－１２３４－５６７８", "+819012345678"],
  ]) {
    assert.deepEqual(read(region, typed), { number, region, extension: "", problem: "" }, typed);
  }
});

test("digits of every script", () => {
  const digits = [];
  for (let code = 0; code < 0x20000; code += 1) {
    const character = String.fromCodePoint(code);
    if (/\p{Nd}/u.test(character)) digits.push(character);
  }
  const zeros = digits.filter((digit) => toAscii(digit) === "0");
  assert.equal(digits.length, zeros.length * 10);
  assert.ok(zeros.length > 60);
  for (const zero of zeros) {
    const script = (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(zero.codePointAt(0) + Number(digit)));
    assert.equal(sent("DE", script("030 901820")), "+4930901820", zero);
    assert.equal(sent("US", script("+49 30 901820")), "+4930901820", zero);
    // What was typed is shown.
    assert.equal(format("DE", script("030901820"), 9).text, script("030 901820"), zero);
  }
  assert.equal(sent("US", "＋４９　（０）３０－９０１８２０"), "+4930901820");
});

test("what address books copy along is left out", () => {
  assert.equal(sent("US", "\u202A+49 30 901820\u202C"), "+4930901820");
  assert.equal(sent("US", "+49\u00A030\u2011901820"), "+4930901820");
  assert.equal(sent("US", "tel:+49-30-901820"), "+4930901820");
});

test("a zero in brackets is for calls inside the country, except where it is part of the number", () => {
  assert.equal(sent("US", "+44(0)20 7946 0958"), "+442079460958");
  assert.equal(sent("US", "0044 (0)20 7946 0958"), "+442079460958");
  assert.equal(sent("DE", "(0)30 901820"), "+4930901820");
  assert.equal(sent("HU", "+36 (06)1 234 5678"), "+3612345678");
  assert.equal(sent("HU", "+36 (0)1 234 5678"), "+3612345678");
  assert.equal(sent("IT", "+39 (0)6 6982"), "+39066982");
});

test("prefixes for other countries, the ones of the region and usual ones", () => {
  for (const [region, typed] of [
    ["DE", "0044 20 7946 0958"],
    ["US", "0044 20 7946 0958"],
    ["US", "011 44 20 7946 0958"],
    ["", "0044 20 7946 0958"],
    ["", "011 44 20 7946 0958"],
    ["AU", "0011 44 20 7946 0958"],
    ["JP", "010 44 20 7946 0958"],
    ["JP", "0044 20 7946 0958"],
    ["FR", "011 44 20 7946 0958"],
  ]) {
    assert.equal(sent(region, typed), "+442079460958", `${region} ${typed}`);
    assert.equal(format(region, typed, 0).region, "GB", `${region} ${typed}`);
  }
  // Numbers that begin like these.
  assert.equal(sent("AR", "011 15-2345-6789"), "+5491123456789");
  assert.equal(sent("ZA", "011 123 4567"), "+27111234567");
  assert.equal(sent("GB", "0113 496 0000"), "+441134960000");
});

test("an extension is no part of the number", () => {
  for (const typed of ["505 269 4259 x12", "505-269-4259 ext. 12", "5052694259;ext=12", "tel:+1-505-269-4259;ext=12", "5052694259 #１２"]) {
    assert.deepEqual(read("US", typed), { number: "+15052694259", region: "US", extension: "12", problem: "" }, typed);
  }
  assert.deepEqual(split("US", "(505) 269-4259 x12"), { number: "(505) 269-4259", extension: "12" });
  assert.deepEqual(split("US", "505 269 4259"), { number: "505 269 4259", extension: "" });
  // Nothing is taken apart that then is another number.
  assert.deepEqual(split("US", "tel:+1-505-269-4259;ext=12"), { number: "tel:+1-505-269-4259;ext=12", extension: "" });
});

test("lengths that cannot be are told, and unknown numbers are not", () => {
  for (const [region, typed, problem] of [
    ["US", "415 555 019", "too-short"],
    ["US", "4", "too-short"],
    ["US", "+49", "too-short"],
    ["US", "415 555 01999", "too-long"],
    ["US", "12345678901234567890", "too-long"],
    ["DE", "030 12345678901234567890", "too-long"],
    ["US", "+1 415 555 019", "too-short"],
    // Nobody has this number: the org says so.
    ["US", "555 555 5555", "invalid"],
    ["US", "+999 12345", "invalid"],
    ["US", "415 555 0199", ""],
    ["", "030 901820", "no-country"],
    ["XX", "030 901820", "no-country"],
    ["", "", ""],
    ["US", "abc", ""],
  ]) {
    assert.equal(read(region, typed).problem, problem, `${region} ${typed}`);
  }
  assert.equal(sent("", "030 901820"), "030901820");
  assert.equal(sent("US", "abc"), "");
  assert.equal(sent("US", "+999 12345"), "+99912345");
});

test("whatever is typed is read and formatted without an exception", () => {
  const alphabet = ["+", "0", "1", "4", "9", "(", ")", " ", "-", "x", ";", "é", "٣", "😀", ".", "/", "#", "e", "\u202A"];
  let seed = 1;
  const next = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 3000; round += 1) {
    const typed = Array.from({ length: next(16) }, () => alphabet[next(alphabet.length)]).join("");
    const region = ["", "US", "DE", "AR", "XX"][next(5)];
    const { number } = read(region, typed);
    assert.match(number, /^\+?\d*$/, typed);
    const { text, caret } = format(region, typed, next(typed.length + 1), "");
    const dialled = (shown) => toAscii(shown).replace(/[^\d+]/g, "");
    assert.equal(dialled(text), dialled(typed), typed);
    assert.ok(caret >= 0 && caret <= text.length, typed);
  }
});

// --- formatting while it is typed ---

test("a number is in groups while it is typed", () => {
  assert.deepEqual(type("DE", "03012345678"), ["030 12345678", "DE"]);
  assert.deepEqual(type("US", "5052694259"), ["(505) 269-4259", "US"]);
  assert.deepEqual(type("US", "15052694259"), ["1 (505) 269-4259", "US"]);
  assert.deepEqual(type("RU", "89123456789"), ["8 (912) 345-67-89", "RU"]);
  assert.deepEqual(type("JP", "０９０１２３４５６７８"), ["０９０-１２３４-５６７８", "JP"]);
  assert.deepEqual(type("US", ["5052694259"]), ["(505) 269-4259", "US"], "pasted");
  assert.deepEqual(type("US", "505-269-4259 x12"), ["(505) 269-4259x12", "US"]);
  assert.deepEqual(type("US", "+44 (0)20 7946 0958"), ["+44(0)20 7946 0958", "GB"]);
});

test("a number of another country shows that country, from the code on", () => {
  for (const typed of ["+442079460958", "00442079460958", "011442079460958"]) {
    const [text, region] = type("US", typed);
    assert.equal(region, "GB", typed);
    assert.equal(text, `${typed.slice(0, -12)} 44 20 7946 0958`.replace("+ ", "+"), typed);
  }
  assert.deepEqual(type("US", "+44"), ["+44", "GB"]);
  assert.deepEqual(type("US", "+4"), ["+4", "US"], "as long as no code is complete");
  assert.deepEqual(type("AU", "0011442079460958"), ["0011 44 20 7946 0958", "GB"]);
  assert.deepEqual(type("", "+12042345678"), ["+1 204-234-5678", "CA"]);
  assert.deepEqual(type("CA", "+1505"), ["+1 505", "CA"], "the chosen one has that code");
  assert.deepEqual(type("CA", "+15052694259"), ["+1 505-269-4259", "US"]);
  assert.deepEqual(type("US", "2042345678"), ["(204) 234-5678", "US"], "the code is the same");
  assert.deepEqual(type("US", "+80012345678"), ["+800 1234 5678", ""], "of no country");
});

test("the caret stays beside its digit", () => {
  assert.equal(change("US", "(55|05) 269-425", "insertText"), "(55|0) 526-9425");
  assert.equal(change("US", "(50|) 269", "deleteContentBackward"), "(50|2) 69");
  assert.equal(change("DE", "0|30 901820", "insertText"), "0|30 901820");
  assert.equal(change("DE", "|030901820", "insertFromPaste"), "|030 901820");
  assert.equal(change("DE", "03090|1820", "insertText"), "030 90|1820");
});

test("a separator that is deleted is passed, so that the next press deletes a digit", () => {
  assert.equal(change("DE", "030|901820", "deleteContentBackward"), "030| 901820");
  assert.equal(change("DE", "030|901820", "deleteContentForward"), "030 |901820");
  assert.equal(change("US", "(505|", "deleteContentBackward"), "(505|)");
  assert.equal(change("US", "505|) 269", "deleteContentForward"), "(505) |269");
  // All of it can be deleted, from either end.
  for (const [forward, start] of [[false, "(505) 269-4259"], [true, "(505) 269-4259"], [false, "+44 20 7946 0958"], [true, "011 44 20 7946 0958"]]) {
    let [text, caret] = [start, forward ? 0 : start.length];
    let presses = 0;
    while (text) {
      const at = forward ? caret : caret - 1;
      const left = text.slice(0, Math.max(at, 0)) + text.slice(at + 1);
      ({ text, caret } = format("US", left, Math.max(at, 0), forward ? "deleteContentForward" : "deleteContentBackward"));
      presses += 1;
      assert.ok(presses < 40, `${start}: ${text}`);
    }
  }
});

// --- the fields ---

/** A form with the fields, and the functions for it; `regions` are the ones in its list. */
async function openForm(t, { chosen = "US", extension = true } = {}) {
  const options = ["", "US", "GB", "CA", "DE", "AU"].map((region) => `<option ${region === chosen ? "selected" : ""}>${region}</option>`);
  const field = extension ? '<input name="extension">' : "";
  const body = `<form><select name="phone_country">${options.join("")}</select><input name="phone">${field}</form>`;
  const { find } = await openPage(t, { body });
  const [form, list, input] = ["form", "select", "[name=phone]"].map(find);
  const { follow, readForm } = createFields(createRules(core, metadata));
  const event = (target, type, more) => follow({ target, type, ...more });
  return {
    list,
    input,
    extension: find("[name=extension]"),
    read: () => readForm(form),
    type(text, more = { inputType: "insertText" }) {
      input.value = text;
      input.setSelectionRange(text.length, text.length);
      event(input, "input", more);
      return input.value;
    },
    leave: () => event(input, "change"),
    choose(region) {
      list.value = region;
      event(list, "change");
    },
  };
}

test("the list shows the country of the number, and the chosen one where the number is of none", async (t) => {
  const form = await openForm(t);
  assert.equal(form.type("+44 20 7946 0958"), "+44 20 7946 0958");
  assert.equal(form.list.value, "GB");
  assert.equal(form.read().number, "+442079460958");
  assert.equal(form.type("5052694259"), "(505) 269-4259");
  assert.equal(form.list.value, "US");
  assert.equal(form.read().number, "+15052694259");
  form.type("+81 90 1234 5678");
  assert.equal(form.list.value, "", "a country that is not in the list");
  assert.equal(form.read().number, "+819012345678");
  // Australia's prefix for other countries is no prefix in Britain.
  form.choose("AU");
  form.type("0011 44 20 7946 0958");
  assert.equal(form.list.value, "GB");
  assert.equal(form.type("0011 44 20 7946 095"), "0011 44 20 7946 095");
  form.type("0011 44 20 7946 0958");
  assert.equal(form.read().number, "+442079460958");
});

test("another country puts the number into its groups", async (t) => {
  const form = await openForm(t, { chosen: "" });
  assert.equal(form.type("030901820"), "030901820");
  assert.equal(form.read().problem, "no-country");
  form.choose("DE");
  assert.equal(form.input.value, "030 901820");
  assert.deepEqual([form.read().number, form.list.value], ["+4930901820", "DE"]);
});

test("what an input method composes is left alone until it is done", async (t) => {
  const form = await openForm(t);
  assert.equal(form.type("５０５２６９", { isComposing: true }), "５０５２６９");
  form.leave();
  assert.equal(form.input.value, "(５０５) ２６９");
});

test("a browser that fills the field in says nothing of how", async (t) => {
  const form = await openForm(t);
  assert.equal(form.type("+15052694259", {}), "+1 505-269-4259");
  assert.equal(form.list.value, "US");
});

test("an extension is moved to its field, if that is empty, and counts as well without one", async (t) => {
  const form = await openForm(t);
  form.type("5052694259 x12");
  assert.equal(form.read().extension, "12");
  form.leave();
  assert.deepEqual([form.input.value, form.extension.value], ["(505) 269-4259", "12"]);
  form.type("5052694259 x13");
  form.leave();
  assert.deepEqual([form.input.value, form.extension.value], ["(505) 269-4259 x13", "12"]);
  assert.equal(form.read().extension, "12", "the field of its own");
  const other = await openForm(t, { extension: false });
  other.type("5052694259 x12");
  other.leave();
  assert.equal(other.input.value, "(505) 269-4259 x12");
  assert.equal(other.read().extension, "12");
});

// --- the same as Google's ---

test("every example number of Google's, as it is written there, is read and formatted the same", (t) => {
  const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = google;
  const util = PhoneNumberUtil.getInstance();
  const regions = util.getSupportedRegions();
  const kinds = [undefined, PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE];
  const differences = [];
  const outdated = new Set();
  let [numbers, notations] = [0, 0];
  for (const region of regions) {
    assert.ok(metadata.countries[region], region);
    for (const kind of kinds) {
      const example = kind === undefined ? util.getExampleNumber(region) : util.getExampleNumberForType(region, kind);
      if (!example) continue;
      numbers += 1;
      const write = (notation) => util.format(example, notation);
      const e164 = write(PhoneNumberFormat.E164);
      const national = write(PhoneNumberFormat.NATIONAL);
      const international = write(PhoneNumberFormat.INTERNATIONAL);
      for (const typed of [national, international, e164]) {
        notations += 1;
        assert.equal(sent(region, typed), e164, `${region} ${typed}`);
        if (typed !== national) assert.equal(sent("", typed), e164, typed);
      }
      // The two have their rules of different months: such a number is of no country here.
      if (read(region, e164).problem === "invalid") outdated.add(e164);
      for (const [from, to] of [[national, national], [e164, international]]) {
        const [text, shown] = type(region, from.replace(/[^\d+]/g, ""));
        if (text !== to) differences.push(`${region} ${e164}: ${text}, not ${to}`);
        if (to === international) assert.equal(shown, util.getRegionCodeForNumber(example) ?? region, e164);
      }
    }
  }
  t.diagnostic(`${regions.length} regions, ${numbers} numbers, ${notations} notations: all read the same`);
  t.diagnostic(`${numbers * 2} formatted, ${differences.length} in other groups: ${differences.join("; ")}`);
  assert.ok(regions.length >= 245 && numbers >= 734);
  assert.deepEqual([...outdated], ["+2631312345"], "Zimbabwe has a new numbering plan, which Google's package has not");
  assert.ok(differences.every((difference) => [...outdated].some((number) => difference.includes(number))), differences.join("\n"));
});

// --- loading ---

test("the program gets the rules from the script, and another attempt where they are not there", async (t) => {
  const page = await openPage(t, { body: "<okta-sign-in></okta-sign-in>" });
  await page.script("okta-sign-in.js");
  for (let turn = 0; turn < 50 && !page.program.mounts.length; turn += 1) await done();
  const [mounted] = page.program.mounts;
  // It imports the library, which is not beside it here.
  await assert.rejects(mounted.tell("phone"));
  await assert.rejects(mounted.tell("phone"));
  await page.replace("okta-sign-in-phone.js", 'export const rules = "rules";');
  assert.equal(await mounted.tell("phone"), "rules");
  assert.equal(await mounted.tell("phone"), "rules");
  const preloads = page.preloads.filter(({ url }) => url.includes("phone"));
  assert.equal(preloads.length, 0, "nothing is checked without a build");
});

test("the library is the one that the build puts into the script", async () => {
  const tools = await readFile(new URL("../../xtask/src/tools.rs", import.meta.url), "utf8");
  const lock = JSON.parse(await readFile(new URL("package-lock.json", import.meta.url), "utf8"));
  const { version, integrity } = lock.packages["node_modules/libphonenumber-js"];
  assert.ok(tools.includes(`"${version}"`), version);
  assert.ok(tools.includes(integrity), integrity);
});
