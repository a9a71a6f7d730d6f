// The page's own words, by the keys of locales/en.json. The program is compiled with its messages: they are found in what it
// has rendered, and replaced before the browser paints it. So a page without words of its own loads nothing for them.
// Not here: what the scripts say while the program is not there.

import { warn } from "./options.js";

// In alphabetical order, each once; also braces that make none.
const placeholders = (message) => [...new Set(message.match(/\{\w*\}?|\}/g))].sort().join(" ");

// Not in what is rendered, or said by the scripts.
const ELSEWHERE = ["language", "document.title", "load.failed", "static.failed", "stopped.text", "stopped.reload"];

/** Those of `strings` that can be said. Tells the developer what is wrong with the others. */
export function checkStrings(strings, catalogue) {
  const checked = {};
  for (const [key, text] of Object.entries(strings)) {
    const about = `strings: "${key}"`;
    const message = Object.hasOwn(catalogue, key) && !ELSEWHERE.includes(key) ? catalogue[key] : undefined;
    if (message === undefined) warn(about, "is no key of locales/en.json that can be replaced; it is left out");
    else if (typeof text !== "string" || !text.trim()) warn(about, "must be a text; it is left out");
    else if (placeholders(text) !== placeholders(message)) {
      warn(about, `must have these placeholders: ${placeholders(message) || "none"}; it is left out`);
    } else checked[key] = text.trim().replace(/\s+/g, " ");
  }
  return checked;
}

const isTitle = (key) => key.endsWith(".title");

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Returns the function that says what a text becomes: with these words, for these messages by key, in a heading or not. A
 * message of several keys is the title's in a heading, and elsewhere that of the first other key that has words.
 */
export function replacer(checked, catalogue) {
  const rules = Object.entries(checked).map(([key, words]) => {
    const message = catalogue[key];
    const shared = Object.keys(catalogue).filter((other) => catalogue[other] === message);
    const places = shared.some(isTitle) && !shared.every(isTitle) ? [isTitle(key)] : [true, false];
    const parts = message.split(/\{(\w+)\}/);
    const names = parts.filter((_, index) => index % 2);
    const pattern = parts.map((part, index) => (index % 2 ? "(.*?)" : escape(part))).join("");
    return { words, names, places, pattern: new RegExp(`^${pattern}$`, "s") };
  });
  return (text, isHeading) => {
    for (const { words, names, places, pattern } of rules) {
      const found = places.includes(isHeading) && pattern.exec(text);
      if (found) return words.replace(/\{(\w+)\}/g, (_, name) => found[names.indexOf(name) + 1]);
    }
    return text;
  };
}
