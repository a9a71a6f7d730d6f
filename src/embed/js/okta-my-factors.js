// The script for a page with the list of the signed-in user's factors. Defines <okta-my-factors> and exports `mount`.
// It is bundled into one file, which works with or without okta-sign-in.js on the page.
// Not here: a decision about the factors.

import { MY_FACTORS_OPTIONS } from "./constants.js";
import { defineElement } from "./element.js";
import { removeFailureWithButton, showFailureWithButton } from "./load-failure.js";
import { loadAll } from "./loader.js";
import { frameSentence } from "./message.js";
import { watch } from "./stopped.js";
import { LOAD_FAILED, RETRY } from "./texts.js";
import { mountWidget } from "./widget.js";

const KIND = {
  name: "okta-my-factors",
  options: `${MY_FACTORS_OPTIONS} language`,
  properties: ["strings"],
  isWhole: true,
  load: loadAll,
  open(core, element, options, isElement, tell, language) {
    const moveFocus = removeFailureWithButton(element);
    const start = () => core.mountManageFactors(element, options, isElement, tell, language);
    const handle = watch(element, start, language?.scripts);
    moveFocus();
    return handle;
  },
  failed(element, error, core, retry, text) {
    if (core) frameSentence(element);
    else showFailureWithButton(element, text("load.failed") ?? LOAD_FAILED, text("action.retry") ?? RETRY, retry);
  },
};

// Whoever needs the program handles the failure. On a server there is nothing to load it for.
if (globalThis.document) loadAll().catch(() => {});

defineElement(KIND);

/** Puts the list of factors into `target`, an element or its selector. Returns the widget at once, before it is loaded. */
export const mount = (target, config) => mountWidget(KIND, target, config);
