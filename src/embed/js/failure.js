// What a page's own code hears of a widget that can't start, or has stopped: the event `error`.
// Not here: what a person reads (load-failure.js, static-form.js, stopped.js); the errors of a sign-in (Rust).

import { reportError } from "./events.js";

// A trap, and what browsers throw where the stack is too deep.
const TRAPS = /^(Runtime|Range|Internal)Error$/;
// The innermost file. A module that was compiled from bytes has an address that says nothing.
const FILE = /\b(?!wasm:)\w+:\/\/\S+/;
const PROGRAM = /\/okta-sign-in-(core|transaction|tokens)[^/]*$/;

/**
 * Whether the program itself has stopped by this error, with WebAssembly or without. What a page's own function throws
 * that the program has called is the page's.
 */
export const isTrap = (error) => TRAPS.test(error?.name) && PROGRAM.test(FILE.exec(error.stack)?.[0]);

/** Reports that the widget in `element` has not started; with `core` where the program is loaded. */
export function reportFailedStart(element, error, core) {
  // Whoever watches the program has reported that.
  if (isTrap(error)) return;
  reportError(element, { code: core ? "not-configured" : (error?.reported ?? "not-loaded"), retryable: !core });
}

/** Reports that the program has stopped under the widget in `element`. */
export const reportStopped = (element) => reportError(element, { code: "stopped" });
