// Adds the widget's style sheet to the page once.
// Not here: the styles.

import { STYLE_MARK } from "./constants.js";

/** Adds the style sheet, unless the page has one with the mark: its own, or one added before. */
export function addStyles() {
  if (document.querySelector(`link[${STYLE_MARK}], style[${STYLE_MARK}]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  // The address is relative to the bundle, in which `import.meta.url` is the address of the bundle.
  link.href = new URL("./styles/okta-sign-in.css", import.meta.url).href;
  link.setAttribute(STYLE_MARK, "");
  document.head.append(link);
}
