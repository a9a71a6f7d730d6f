// Loads what a brand needs (okta-sign-in-brand.js), where a page has an option of it, and says where the program is
// mounted then.
// Not here: what the options do.

import { BRAND } from "./files.js";
import { importChecked } from "./import-checked.js";

const OPTIONS = /(^| )(logo|organiz|accent|help|contact|terms|priv|links|buttons|idps|piv|security|device|isolated)/i;

/**
 * Where the program of `element` is mounted. With a brand, it has a function `begin` to be called before, and a function
 * `given` from the options of the page to those of the program.
 */
export const rootOf = (element) => (element.shadowRoot ?? element).querySelector(".oaw-brand-main") ?? element;

/**
 * Puts the brand into `element` where there is one, by `config` or, where that is undefined, by what the element has.
 * `language` has what the brand says.
 */
export async function withBrand(element, config, language) {
  const names = [...Object.keys(config ?? element), ...element.getAttributeNames()].join(" ");
  if (!OPTIONS.test(names) && !element.querySelector("[slot], .oaw-brand")) return;
  const script = importChecked(BRAND);
  await script.then(({ brand }) => brand(element, config, language)).catch((error) => {
    console.error(error);
    // One signs in without it.
    element.querySelector(".oaw-brand")?.remove();
  });
}
