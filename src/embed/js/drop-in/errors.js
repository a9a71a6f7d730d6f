// The errors that the drop-in throws, rejects with and passes to the page's error callback; by the names that the pages
// of okta-signin-widget compare. Not here: errors of the org.

/** A mistake in the configuration or in a call: the page's code has to change. */
export class ConfigError extends Error {
  name = "CONFIG_ERROR";
}

/** The browser lacks what the widget needs. */
export class UnsupportedBrowserError extends Error {
  name = "UNSUPPORTED_BROWSER_ERROR";
}

/** Calls code of the page. What it throws, or rejects with, goes to the console. */
export async function callPage(what, call) {
  try {
    return await call();
  } catch (error) {
    console.error(`okta-sign-in: ${what} failed`, error);
    return undefined;
  }
}

/** Resolves as `promise` does, or to undefined after `limit` milliseconds: then the page's code is reported. */
export async function withLimit(what, promise, limit) {
  let timer;
  const tooLate = new Promise((resolve) => {
    timer = setTimeout(() => {
      console.error(`okta-sign-in: ${what} has not answered for ${limit / 1000} s: the sign-in goes on without it`);
      resolve(undefined);
    }, limit);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
