// The accent colour, as custom properties of the element: styles/tokens.css derives the rest from them.
// Not here: how a colour is derived.

import { warn } from "../warn.js";
import { LEAST_CONTRAST, derive } from "./color.js";

const NAMES = { accent: "--oaw-accent", strong: "--oaw-accent-strong", on: "--oaw-on-accent" };

// The elements with an accent from here: what a page has set by itself is left alone.
const accented = new WeakSet();

/** Sets the accent of `element`, or removes one that was set before. */
export function setAccent(element, { accentColor, accentColorDark }) {
  const light = derived("accent-color", accentColor, "light");
  // Who gives one colour means it for both.
  const dark = accentColorDark ? derived("accent-color-dark", accentColorDark, "dark") : derive(accentColor, "dark");
  if (!light && !accented.has(element)) return;
  accented.add(element);
  const both = globalThis.CSS?.supports?.("color", "light-dark(#000, #fff)");
  for (const [key, name] of Object.entries(NAMES)) {
    if (!light) element.style.removeProperty(name);
    else if (dark && both) element.style.setProperty(name, `light-dark(${light[key]}, ${dark[key]})`);
    // A browser that does not know it has light colours alone.
    else element.style.setProperty(name, light[key]);
  }
}

function derived(option, color, scheme) {
  if (!color) return undefined;
  const colors = derive(color, scheme);
  if (!colors) warn(option, `is not a colour like #1f5fd0: ${color}; it is not used`);
  else if (colors.given < LEAST_CONTRAST) {
    const found = colors.given.toFixed(2);
    warn(option, `${color} has a contrast of ${found} with the form, less than ${LEAST_CONTRAST}: ${colors.accent} is used instead`);
  }
  return colors;
}
