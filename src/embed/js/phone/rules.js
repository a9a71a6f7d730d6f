// Reads and formats phone numbers by the rules of libphonenumber. What is read is what the org gets; what is formatted is
// what was typed, in groups.
// Not here: the library and its rules (okta-sign-in-phone.js); characters (text.js).

import { movedCaret, splitTyped, toAscii, withTypedDigits } from "./text.js";

// A zero that is dialled only inside the country: +44 (0)20. Typed until there, it may become one.
const INSIDE = "(0)";
const MAY_BE_INSIDE = /\(0?$|\(0\)/;

/** The rules, by the library's core and its metadata. */
export function createRules({ AsYouType, Metadata, parsePhoneNumberFromString, validatePhoneNumberLength }, metadata) {
  const isKnown = (region) => Object.hasOwn(metadata.countries, region);
  const regionsOf = (callingCode) => metadata.country_calling_codes[callingCode] ?? [];
  const planOf = (region) => {
    const all = new Metadata(metadata);
    all.selectNumberingPlan(region);
    return all.numberingPlan;
  };

  // Whether no number begins with 00 there but one of another country: the region has one prefix for all of these.
  const isFree = (region) => !isKnown(region) || /^\d+$/.test(planOf(region).IDDPrefix());

  return { read, format, split };

  /**
   * Reads what was typed: `{number, region, extension, problem}`. `number` is E.164, digits alone where no country is
   * known, and empty without a digit. `region` is the one of the number, and the chosen one where the number does not say.
   * `problem` is `too-short`, `too-long`, `invalid` (the length is possible), `no-country`, or empty.
   */
  function read(region, typed) {
    const text = toAscii(typed).trim();
    const digits = text.replace(/\D/g, "");
    const none = { number: "", region, extension: "", problem: "" };
    if (!digits) return none;
    const reading = readingOf(region, text);
    const { phone } = reading;
    if (!phone) {
      // One digit, many, or with a code that no country has.
      const isFull = reading.text.startsWith("+");
      if (!isFull && !isKnown(region)) return { ...none, number: digits, problem: "no-country" };
      const number = `+${isFull ? "" : planOf(region).callingCode()}${reading.text.replace(/\D/g, "")}`;
      return { ...none, number, problem: problemOf(validate(reading.text, region)) };
    }
    const problem = phone.isValid() ? "" : problemOf(validate(phone.number));
    return {
      number: phone.number,
      region: reading.isFull ? regionOf(phone.country, phone.countryCallingCode, region) : region,
      extension: phone.ext ?? "",
      problem,
    };
  }

  /** Separates a number from its extension: `{number, extension}`, the number as it was typed. */
  function split(region, typed) {
    const [number] = splitTyped(typed);
    const { extension, ...whole } = read(region, typed);
    const isSame = read(region, number).number === whole.number;
    return isSame ? { number, extension } : { number: typed, extension: "" };
  }

  /**
   * Puts what was typed into groups: `{text, caret, region}`. `region` changes where a number is typed with the code of
   * another country, and is empty where that code is of none. `inputType` is the one of the event.
   */
  function format(region, typed, caret, inputType) {
    const [number, rest] = splitTyped(typed);
    const ascii = toAscii(number);
    const dialled = ascii.replace(/[^\d+]/g, "");
    const same = { text: typed, caret, region };
    if (!/^\+?\d+$/.test(dialled)) return same;
    const { text, prefix } = readingOf(region, ascii);
    const typist = new AsYouType(isKnown(region) ? region : undefined, metadata);
    const formatted = typist.input(text.replace(/[^\d+]/g, ""));
    const callingCode = typist.isInternational() && typist.getCallingCode();
    if (callingCode) same.region = regionOf(typist.getCountry(), callingCode, region);
    if (MAY_BE_INSIDE.test(ascii)) return same;
    const grouped = withOwnSeparators(formatted, typist, callingCode);
    const shown = withTypedDigits(prefix ? grouped.replace("+", `${prefix} `) : grouped, number);
    if (shown === undefined) return same;
    const place =
      caret > number.length ? caret + shown.length - number.length : movedCaret(number, caret, shown, inputType);
    return { ...same, text: shown + rest, caret: place };
  }

  /**
   * How a number is to be read: `{text, phone, isFull, prefix}`. Beside the way of the chosen region, `00` and `011` may
   * stand for the plus sign, as where the person is, or comes from; and a zero in brackets may be too many.
   */
  function readingOf(region, text) {
    const digits = text.replace(/[^\d+]/g, "");
    const own = readingAs(region, text);
    const abroad = ["00", "011"].find((prefix) => digits.startsWith(prefix));
    const readings = [own];
    let replaced;
    if (abroad) {
      // The prefix may have separators inside.
      const rest = text.replace(new RegExp(`^[^\\d]*${[...abroad].join("[^\\d]*")}`), "");
      replaced = { ...readingAs(region, `+${rest}`), prefix: abroad };
      readings.push(replaced);
      // Japan has numbers that begin with 00, for calls by way of a company. None of them is a person's.
      if (abroad === "00" && isFree(region)) readings.reverse();
    }
    if (text.includes(INSIDE)) {
      const without = (reading) => ({ ...reading, ...readingAs(region, reading.text.replace(INSIDE, "")) });
      readings.push(...readings.map(without));
    }
    const valid = readings.find(({ phone }) => phone?.isValid());
    if (valid) return valid;
    if (abroad === "00" && digits.length > 2 && isFree(region)) return replaced;
    return readings.find(({ phone }) => phone?.isPossible()) ?? own;
  }

  function readingAs(region, text) {
    const defaultCountry = isKnown(region) ? region : undefined;
    const phone = parsePhoneNumberFromString(text, { defaultCountry }, metadata);
    const isInside = defaultCountry && !text.startsWith("+");
    const isFull = !isInside || phone?.countryCallingCode !== planOf(region).callingCode();
    return { text, phone, isFull };
  }

  // Several regions share a code: the chosen one stays until the number is another one's.
  function regionOf(country, callingCode, chosen) {
    if (country) return country;
    const regions = regionsOf(callingCode);
    return regions.includes(chosen) ? chosen : (regions[0] ?? "");
  }

  function validate(text, region) {
    const defaultCountry = isKnown(region) ? region : undefined;
    return validatePhoneNumberLength(text, { defaultCountry }, metadata);
  }
}

const problemOf = (length) => ({ TOO_SHORT: "too-short", TOO_LONG: "too-long" })[length] ?? "invalid";

// The library writes blanks into each number with a country's code. Its rules know what is usual there.
function withOwnSeparators(formatted, typist, callingCode) {
  const usual = callingCode && typist.formatter.chosenFormat?.internationalFormat();
  const start = formatted.indexOf(`${callingCode} `);
  if (!usual || start < 0) return formatted;
  const length = start + callingCode.length + 1;
  const separators = usual.split(/\$\d/).slice(1, -1);
  let place = 0;
  return formatted.slice(0, length) + formatted.slice(length).replace(/ /g, () => separators[place++] ?? " ");
}
