// The line between the form and other ways to sign in, with a word on it.
// Not here: those ways.

import { make } from "./dom.js";

/** `ways`, which stand above or below the form, with the divider between them and the form where the options want it. */
export function divided(position, ways, { divider }, text) {
  if (!divider || !ways.length) return ways;
  const line = make("p", { part: "divider", className: "oaw-brand-divider" }, text("brand.or"));
  return position === "above" ? [...ways, line] : [line, ...ways];
}
