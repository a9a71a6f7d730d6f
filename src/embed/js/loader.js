// Loads the program: the module `okta-sign-in-core.js` and its WebAssembly, or where that is missing or refused
// `okta-sign-in-core-js.js`, the same program as a script. They are files beside the bundle.
// Not here: what the program does; how it links its other parts; how a file is checked; what a failure looks like.

import { fetchChecked } from "./fetch-checked.js";
import { CORE, MODULE, SCRIPT, SECOND_PART, TOKENS_PART } from "./files.js";
import { importChecked } from "./import-checked.js";
import { isAnother } from "./other-file.js";

// The bundles on a page share one program, and so what they know of it. Another version has another address.
const shared = (globalThis[Symbol.for(MODULE.url.href)] ??= { attempts: 0 });
// A page whose policy refuses WebAssembly says so by this element: a try would be reported as a violation.
const WITHOUT = "meta[name=okta-sign-in-webassembly][content=off]";

/**
 * Resolves to the module of the running program. It is loaded once; after a failure, the next call tries again. The
 * error is `reported` by another code than `not-loaded` where there is a better one.
 */
export function loadCore() {
  return (shared.loading ??= load());
}

async function load() {
  try {
    return await (typeof WebAssembly === "undefined" || document.querySelector(WITHOUT) ? loadScript() : loadModule());
  } catch (error) {
    shared.loading = undefined;
    shared.attempts += 1;
    throw error;
  }
}

async function loadModule() {
  const { attempts } = shared;
  // At the same time as the script. Whoever waits for it hears of a failure.
  const wasm = fetchChecked(MODULE, attempts);
  wasm.catch(() => {});
  try {
    const core = await importChecked(CORE, attempts);
    if (SECOND_PART) core.setParts(SECOND_PART, TOKENS_PART);
    await core.default({ module_or_path: wasm });
    return core;
  } catch (error) {
    // The policy of the page, as different browsers report it. The message would name it in the console.
    if (/^(Compile|Eval)E/.test(error?.name)) {
      console.warn("No WebAssembly (%s): a slower script runs instead.", error.name);
      return loadScript();
    }
    if ((await isAnother(CORE)) || (await isAnother(MODULE))) error.reported = "integrity";
    throw error;
  }
}

async function loadScript() {
  try {
    const core = await importChecked(SCRIPT, shared.attempts);
    await core.default();
    return core;
  } catch (cause) {
    throw Object.assign(new Error("No WebAssembly, and no script instead", { cause }), { reported: "no-webassembly" });
  }
}

/**
 * Resolves to the module of the running program when its second part is loaded too. After a failure, the next call
 * tries again.
 */
export async function loadAll() {
  const core = await loadCore();
  const loaded = await new Promise((resolve) => core.prefetch(resolve));
  if (!loaded) throw new Error("The second part of the program could not be loaded.");
  return core;
}

/** Makes `core` load its second part when the browser is idle, and `language` its texts. After a failure, they try again. */
export function prefetch(core, language) {
  const run = () => {
    core.prefetch();
    language.prefetch();
  };
  // Not every browser has `requestIdleCallback`.
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 2000);
}
