// What the scripts say where the program, which has all other texts, is not there. A test compares it with
// locales/en.arb.
// Not here: the message of a static form, which is in the page's HTML.

/** `load.failed` */
export const LOAD_FAILED = "Part of this page didn't load. Check your connection, then try again.";
/** `action.retry` */
export const RETRY = "Retry";
/** `stopped.text` */
export const STOPPED = "Something went wrong on this page. Reload it, then try again.";
/** `stopped.reload` */
export const RELOAD = "Reload";
