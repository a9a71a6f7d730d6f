// The script for a page with the list of the signed-in user's factors. Defines <okta-my-factors> and exports `mount`.
// It is bundled into one file, which works with or without okta-sign-in.js on the page.
// Not here: a decision about the factors.

import { defineElement } from "./element.js";
import { loadCore } from "./loader.js";
import { addStyles } from "./styles.js";

// Whoever needs the program handles the failure.
loadCore().catch(() => {});

defineElement("okta-my-factors", { open: (core, element) => core.mountManageFactors(element) });

/** Puts the list of factors into `element`. Resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  return (await loadCore()).mountManageFactors(element, config ?? {});
}
