// The script for a page with the sign-in widget. Defines <okta-sign-in> and exports `mount`. It is bundled into one
// file that imports nothing before it runs, so that it holds a submit as early as possible.
// Not here: a decision about the sign-in.

import { inspectStaticForm } from "./carry-over.js";
import { defineElement } from "./element.js";
import { loadCore, prefetch } from "./loader.js";
import { holdSubmits, setAside, showFailure } from "./static-form.js";
import { addStyles } from "./styles.js";

const NAME = "okta-sign-in";

holdSubmits((form) => form.closest(NAME)?.start());
// Whoever needs the program handles the failure.
loadCore().catch(() => {});

defineElement(NAME, {
  async prepare(element) {
    await contentParsed();
    setAside(element);
  },
  open: (core, element) => open(core, element, undefined, (result) => element.onSuccess?.(result)),
  failed: showFailure,
});

/** Puts a sign-in widget into `element`. Resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  try {
    return open(await loadCore(), element, config ?? {});
  } catch (error) {
    showFailure(element);
    throw error;
  }
}

// `config` is undefined for an element with attributes.
function open(core, element, config, onSuccess) {
  const carryOver = inspectStaticForm(element);
  const handle = core.mount(element, config, onSuccess);
  carryOver();
  prefetch(core);
  return handle;
}

// A script from the cache can run before the parser has reached the static form inside the element.
async function contentParsed() {
  if (document.readyState !== "loading") return;
  await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
}
