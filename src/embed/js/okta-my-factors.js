// The script for a page with the list of the signed-in user's factors. Defines <okta-my-factors> and exports `mount`.
// It is bundled into one file, which works with or without okta-sign-in.js on the page.
// Not here: a decision about the factors.

import { defineElement } from "./element.js";
import { removeLoadFailure, showLoadFailure } from "./load-failure.js";
import { loadAll } from "./loader.js";
import { frameSentence } from "./message.js";
import { addStyles } from "./styles.js";

// Whoever needs the program handles the failure.
loadAll().catch(() => {});

defineElement("okta-my-factors", {
  load: loadAll,
  open(core, element) {
    const moveFocus = removeLoadFailure(element);
    const handle = core.mountManageFactors(element);
    moveFocus();
    return handle;
  },
  failed(element, { core }) {
    // Without the core there is no text that could be shown.
    if (core) showLoadFailure(element, core.loadFailure(), () => element.start());
    else frameSentence(element);
  },
});

/** Puts the list of factors into `element`. Resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  const core = await loadAll();
  try {
    return core.mountManageFactors(element, config ?? {});
  } catch (error) {
    frameSentence(element);
    throw error;
  }
}
