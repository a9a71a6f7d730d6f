// Loads the program: the module `okta-sign-in-core.js` and its WebAssembly, which are files beside the bundle.
// Not here: what the program does; how it loads its second part.

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

let prefetching = false;

/** Makes `core` fetch its second part when the browser is idle, and prepare it. After a failure it may be repeated. */
export function prefetch(core) {
  if (prefetching) return;
  prefetching = true;
  whenIdle(() =>
    core.prefetch((loaded) => {
      prefetching = loaded;
      if (loaded) prewarm(core, 0);
    }),
  );
}

// Browsers compile a function when it is first called. Calls some of the second part's functions each time the browser
// is idle, so that the person does not wait for that later.
function prewarm(core, part) {
  whenIdle(() => core.prewarm(part) && prewarm(core, part + 1));
}

// Not every browser has `requestIdleCallback`.
function whenIdle(run) {
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 2000);
}
