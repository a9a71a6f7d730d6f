// Adds the widget's style sheet to the page once.
// Not here: the styles.

import { STYLE_MARK } from "./constants.js";
import { pageNonce } from "./nonce.js";

/**
 * Adds the style sheet, unless the page has one with the mark: its own, or one added before. A policy that allows style
 * sheets by a `nonce` gets that of the page's scripts, if none is given.
 */
export function addStyles(nonce) {
  if (document.querySelector(`link[${STYLE_MARK}], style[${STYLE_MARK}]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  // The address is relative to the bundle, in which `import.meta.url` is the address of the bundle.
  link.href = new URL("./styles/okta-sign-in.css", import.meta.url).href;
  link.nonce = nonce || pageNonce();
  link.setAttribute(STYLE_MARK, "");
  document.head.append(link);
}
