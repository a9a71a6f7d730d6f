// Loads the program: the module `okta-sign-in-core.js` and its WebAssembly, which are files beside the bundle.
// Not here: what the program does; how it fetches and links its second part.

const CORE = new URL("./okta-sign-in-core.js", import.meta.url);
// The bundles on a page share one program, and so what they know of it. Another version has another address.
const shared = (window[Symbol.for(CORE.href)] ??= { attempts: 0 });

/** Resolves to the module of the running program. It is loaded once; after a failure, the next call tries again. */
export function loadCore() {
  return (shared.loading ??= load());
}

async function load() {
  const url = new URL(CORE);
  // A browser may remember that a module could not be fetched: another attempt has another address.
  if (shared.attempts) url.search = shared.attempts;
  try {
    // A URL and not a string, so that bundlers leave the import as it is.
    const core = await import(url);
    await core.default({ module_or_path: new URL("./okta-sign-in-core_bg.wasm", import.meta.url) });
    return core;
  } catch (error) {
    shared.loading = undefined;
    shared.attempts += 1;
    throw error;
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

/** Makes `core` load its second part when the browser is idle. It loads it once; after a failure, it tries again. */
export function prefetch(core) {
  const run = () => core.prefetch();
  // Not every browser has `requestIdleCallback`.
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 2000);
}
