// What a page's own code hears of a widget that can't start, or has stopped: the event `error`.
// Not here: what a person reads (load-failure.js, static-form.js, stopped.js); the errors of a sign-in (Rust).

import { reportError } from "./events.js";

/** Whether the program itself has stopped by this error, with WebAssembly or without. */
export const isTrap = (error) => error?.name === "RuntimeError" && error.stack.includes("okta-sign-in-");

/** Reports that the widget in `element` has not started; with `core` where the program is loaded. */
export function reportFailedStart(element, error, core) {
  // Whoever watches the program has reported that.
  if (isTrap(error)) return;
  reportError(element, { code: core ? "not-configured" : (error?.reported ?? "not-loaded"), retryable: !core });
}

/** Reports that the program has stopped under the widget in `element`. */
export const reportStopped = (element) => reportError(element, { code: "stopped" });
