// What a link or a button of the page says: `label` is a text, or one for each language by its tag.
// Not here: which languages there are.

import { matching } from "../matching-language.js";

const isText = (value) => typeof value === "string" && value.trim() !== "";

const isObject = (value) => typeof value === "object" && value !== null;

/** Whether that is a label. */
export const isLabel = (label) => (isObject(label) ? Object.values(label) : [label]).some(isText);

/**
 * The label in `language`, else in English, else the first one. With `key`, a message takes its place where the language has
 * that: the drop-in has links that say the same as the widget's own.
 */
export function labelOf({ label, key }, language) {
  const said = key && language.text(key);
  if (said || !isObject(label)) return (said || label).trim();
  const texts = Object.entries(label).filter(([, text]) => isText(text));
  const tags = texts.map(([tag]) => tag);
  const tag = matching(language.tag(), tags) ?? matching("en", tags) ?? tags[0];
  return label[tag].trim();
}
