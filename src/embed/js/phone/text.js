// What is typed into a field for a phone number, as text: digits of any script, separators, and the place of the caret.
// Not here: what the digits mean (rules.js).

const DIGIT = /\p{Nd}/u;
const PLUS = /[+\uFF0B\uFE62]/;
const DIGITS = /\p{Nd}/gu;
const PLUSES = /[+\uFF0B\uFE62]/g;
// Marks of the direction of writing, and spaces without a width: address books copy them along.
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
// What may stand between digits, in ASCII and as Japanese keyboards write it.
const NUMBER =
  /^(?:[\s\p{Nd}+\-.,()[\]/~\u00AD\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\u2212\u30FC\uFE62\uFEFF\uFF08\uFF09\uFF0B\uFF0D-\uFF0F\uFF3B\uFF3D\u00B7\u2022])*/u;

/** Whether a character is a digit or a plus sign: one that is dialled. */
export const isDialled = (character) => DIGIT.test(character) || PLUS.test(character);

/** The text with ASCII digits and plus signs in place of others, and without what nobody sees. */
export const toAscii = (text) => text.replace(DIGITS, digitValue).replace(PLUSES, "+").replace(INVISIBLE, "");

// Unicode has the ten digits of a script in a row, from zero on.
function digitValue(character) {
  const code = character.codePointAt(0);
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** Separates a number from what follows it, an extension mostly, with the blanks before that. */
export function splitTyped(typed) {
  const number = NUMBER.exec(typed)[0];
  const length = number.length === typed.length ? number.length : number.trimEnd().length;
  return [typed.slice(0, length), typed.slice(length)];
}

/** `formatted` with the digits and plus signs as they were typed; undefined where it has others than `typed`. */
export function withTypedDigits(formatted, typed) {
  const dialled = [...typed].filter(isDialled);
  if (toAscii(dialled.join("")) !== formatted.replace(/[^\d+]/g, "")) return undefined;
  let place = 0;
  return formatted.replace(/[\d+]/g, () => dialled[place++]);
}

/**
 * Where the caret is in `after`, if it was at `caret` in `before`: beside the same digit. `inputType` is the event's:
 * behind the last digit, the caret goes to the end unless something was deleted, or a closing bracket could never be.
 */
export function movedCaret(before, caret, after, inputType = "") {
  const count = (text) => [...text].filter(isDialled).length;
  const left = count(before.slice(0, caret));
  if (left === count(before) && !inputType.startsWith("delete")) return after.length;
  const [starts, ends] = [[], [0]];
  let place = 0;
  for (const character of after) {
    if (isDialled(character)) starts.push(place);
    place += character.length;
    if (isDialled(character)) ends.push(place);
  }
  // Where a separator was deleted forwards and is there again, the caret passes it.
  return inputType.endsWith("Forward") ? (starts[left] ?? after.length) : ends[left];
}
