// The events of a widget, dispatched at its element.
// Not here: when one is due, which the program and the scripts that load it decide.

/**
 * Dispatches the event `name` at `element`: it bubbles, and leaves shadow trees. Returns whether a listener has prevented
 * what would follow, where `cancelable` allows that. What a listener throws, the browser reports.
 */
export function dispatch(element, name, detail, cancelable = false) {
  return !element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
}

/**
 * Dispatches `error` at `element`. `code` is an `errorCode` of the org or one of the widget's own, `status` an HTTP status,
 * `step` the name of the step that it happened at, and `retryable` says whether the same may succeed later.
 */
export function reportError(element, { code, status = null, step = null, retryable = false }) {
  dispatch(element, "error", { code, status, step, retryable });
}
