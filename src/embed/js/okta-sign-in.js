// The script for a page with the sign-in widget. Defines <okta-sign-in> and exports `mount`. It is bundled into one
// file that imports nothing before it runs, so that it holds a submit as early as possible.
// Not here: a decision about the sign-in.

import { keepTokens, takeAddress } from "./address.js";
import { rootOf, withBrand } from "./brand.js";
import { inspectStaticForm } from "./carry-over.js";
import { SIGN_IN_OPTIONS, TEXT_OPTIONS } from "./constants.js";
import { defineElement } from "./element.js";
import { removeFailureWithButton, showFailureWithButton } from "./load-failure.js";
import { loadCore, prefetch } from "./loader.js";
import { holdEarlier, holdSubmits, showFailure, staticRoot, takeHeld } from "./static-form.js";
import { watch } from "./stopped.js";
import { LOAD_FAILED, RETRY } from "./texts.js";
import { mountWidget } from "./widget.js";

const KIND = {
  name: "okta-sign-in",
  options: `${SIGN_IN_OPTIONS} ${TEXT_OPTIONS}`,
  properties: ["onSuccess", "registration", "tokens", "transformUsername", "processCredentials", "strings"],
  load: loadCore,
  connected: keepTokens,
  async prepare(element, options, language) {
    await contentParsed();
    const root = staticRoot(element);
    // The sign-in starts with another step than the form.
    if (keepTokens(element, options) && root) root.inert = true;
    holdEarlier(element);
    await withBrand(element, options, language);
  },
  open(core, element, options, isElement, tell, language) {
    const root = rootOf(element);
    root.begin?.();
    const moveFocus = removeFailureWithButton(root);
    const carryOver = inspectStaticForm(root);
    const address = keepTokens(element, isElement ? undefined : options) ? takeAddress() : undefined;
    const start = () =>
      core.mount(root, root.given?.(options) ?? options, isElement, root.told?.(tell) ?? tell, language, takeHeld(root), address);
    const handle = watch(root, start, language?.scripts);
    carryOver();
    moveFocus();
    return handle;
  },
  opened: prefetch,
  isReadable: (element) => /^(?!en)./.test(staticRoot(element)?.lang ?? ""),
  spoken: (element) => rootOf(element).speak?.(),
  failed(element, error, core, retry, text) {
    const root = rootOf(element);
    if (core || staticRoot(root)) showFailure(root);
    else showFailureWithButton(root, text("load.failed") ?? LOAD_FAILED, text("action.retry") ?? RETRY, retry);
  },
};

// On a server there is no page.
if (globalThis.document) {
  holdSubmits((form) => form.closest(KIND.name)?.start());
  // Before anything is requested.
  for (const element of document.querySelectorAll(KIND.name)) keepTokens(element);
  // Whoever needs the program handles the failure.
  loadCore().catch(() => {});
}

defineElement(KIND);

/**
 * Puts a sign-in widget into `target`, an element or its selector. Returns the widget at once, before it is loaded:
 * `{ready, on, off, update, cancel, unmount, transaction}`.
 */
export const mount = (target, config) => mountWidget(KIND, target, config);

// A script from the cache can run before the parser has reached the static form inside the element.
async function contentParsed() {
  if (document.readyState !== "loading") return;
  await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
}
