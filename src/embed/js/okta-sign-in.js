// The script for a page with the sign-in widget. Defines <okta-sign-in> and exports `mount`. It is bundled into one
// file that imports nothing before it runs, so that it holds a submit as early as possible.
// Not here: a decision about the sign-in.

import { keepTokens, takeAddress } from "./address.js";
import { inspectStaticForm } from "./carry-over.js";
import { defineElement } from "./element.js";
import { reportFailedStart } from "./failure.js";
import { removeFailureWithButton, showFailureWithButton } from "./load-failure.js";
import { loadCore, prefetch } from "./loader.js";
import { holdEarlier, holdSubmits, showFailure, staticRoot, takeHeld } from "./static-form.js";
import { watch } from "./stopped.js";
import { addStyles } from "./styles.js";
import { LOAD_FAILED, RETRY } from "./texts.js";

const NAME = "okta-sign-in";

holdSubmits((form) => form.closest(NAME)?.start());
// Before anything is requested.
for (const element of document.querySelectorAll(NAME)) keepTokens(element);
// Whoever needs the program handles the failure.
loadCore().catch(() => {});

defineElement(NAME, {
  connected: keepTokens,
  async prepare(element) {
    await contentParsed();
    const root = staticRoot(element);
    // The sign-in starts with another step than the form.
    if (keepTokens(element) && root) root.inert = true;
    holdEarlier(element);
  },
  open: (core, element) => open(core, element, undefined, (result) => element.onSuccess?.(result)),
  failed(element, error, core) {
    if (core || staticRoot(element)) showFailure(element);
    else showFailureWithButton(element, LOAD_FAILED, RETRY, () => element.start());
  },
});

/** Puts a sign-in widget into `element`. Resolves to a handle with `unmount()`. */
export async function mount(element, config = {}) {
  keepTokens(element, config);
  addStyles(config.nonce);
  holdEarlier(element);
  let core;
  try {
    core = await loadCore();
    return open(core, element, config);
  } catch (error) {
    showFailure(element);
    reportFailedStart(element, error, core);
    throw error;
  }
}

// `config` is undefined for an element with attributes.
function open(core, element, config, onSuccess) {
  const moveFocus = removeFailureWithButton(element);
  const carryOver = inspectStaticForm(element);
  const address = keepTokens(element, config) ? takeAddress() : undefined;
  const handle = watch(element, () => core.mount(element, config, onSuccess, takeHeld(element), address));
  carryOver();
  moveFocus();
  prefetch(core);
  return handle;
}

// A script from the cache can run before the parser has reached the static form inside the element.
async function contentParsed() {
  if (document.readyState !== "loading") return;
  await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
}
