// The script for a page with the list of the signed-in user's factors. Defines <okta-my-factors> and exports `mount`.
// It is bundled into one file, which works with or without okta-sign-in.js on the page.
// Not here: a decision about the factors.

import { defineElement } from "./element.js";
import { reportFailedStart } from "./failure.js";
import { removeFailureWithButton, showFailureWithButton } from "./load-failure.js";
import { loadAll } from "./loader.js";
import { frameSentence } from "./message.js";
import { watch } from "./stopped.js";
import { addStyles } from "./styles.js";
import { LOAD_FAILED, RETRY } from "./texts.js";

// Whoever needs the program handles the failure.
loadAll().catch(() => {});

defineElement("okta-my-factors", {
  load: loadAll,
  open(core, element) {
    const moveFocus = removeFailureWithButton(element);
    const handle = watch(element, () => core.mountManageFactors(element));
    moveFocus();
    return handle;
  },
  failed(element, error, core) {
    if (core) frameSentence(element);
    else showFailureWithButton(element, LOAD_FAILED, RETRY, () => element.start());
  },
});

/** Puts the list of factors into `element`. Resolves to a handle with `unmount()`. */
export async function mount(element, config = {}) {
  addStyles(config.nonce);
  let core;
  try {
    core = await loadAll();
    return watch(element, () => core.mountManageFactors(element, config));
  } catch (error) {
    if (core) frameSentence(element);
    reportFailedStart(element, error, core);
    throw error;
  }
}
