// The page's own words: `strings`, by the keys of locales/en.arb, for every language or by the tag of one; and the name of the
// application in the heading.
// Not here: the languages.

import { STRINGS } from "./files.js";
import { importChecked } from "./import-checked.js";
import { TITLE } from "./language-list.js";
import { matching } from "./matching-language.js";
import { warn } from "./warn.js";

// In alphabetical order, each once; `undefined` where the braces make none. What a plural has in braces is a text with
// placeholders of its own.
function placeholders(message) {
  const names = new Set();
  let depth = 0;
  for (const [brace, name] of message.matchAll(/\{(\w*)|\}/g)) {
    if (name !== undefined && depth % 2 === 0) names.add(name);
    depth += brace === "}" ? -1 : 1;
    if (depth < 0) return undefined;
  }
  return depth === 0 ? [...names].sort().join(" ") : undefined;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Resolves to the messages that these words replace, by their numbers, and to those of the scripts, by their keys. */
export async function ownWords({ strings, applicationName }, tag, scripts) {
  const words = { messages: {}, scripts: {} };
  if (typeof applicationName === "string" && applicationName.trim()) {
    const title = scripts["brand.title"] ?? "Sign in to {application}";
    words.messages[TITLE] = title.replace("{application}", () => applicationName.trim().replace(/\s+/g, " "));
  }
  if (!strings) return words;
  if (!isObject(strings)) {
    warn("strings", 'must be an object like { "primary.title": "Welcome" }');
    return words;
  }
  let catalogue;
  try {
    catalogue = (await importChecked(STRINGS)).default;
  } catch (error) {
    warn("strings", "can't be used, because the file with their keys did not load");
    console.error(error);
    return words;
  }
  const keys = Object.keys(catalogue).sort();
  for (const [key, text] of Object.entries(given(strings, tag))) {
    const number = keys.indexOf(key);
    const problem = number < 0 ? "is no key of locales/en.arb; it is left out" : problemOf(text, catalogue[key]);
    if (problem) warn(`strings: "${key}"`, problem);
    else words.messages[number] = words.scripts[key] = text.trim().replace(/\s+/g, " ");
  }
  return words;
}

// Those for every language, and then those for this one, under the tag that fits it best.
function given(strings, tag) {
  const all = Object.entries(strings);
  const tags = all.filter(([, words]) => isObject(words)).map(([name]) => name);
  const own = tags.includes(tag) ? tag : matching(tag, tags);
  return { ...Object.fromEntries(all.filter(([, words]) => !isObject(words))), ...strings[own] };
}

function problemOf(text, message) {
  if (typeof text !== "string" || !text.trim()) return "must be a text; it is left out";
  const needed = placeholders(message);
  if (placeholders(text) === needed) return undefined;
  return `must have these placeholders: ${needed || "none"}; it is left out`;
}
