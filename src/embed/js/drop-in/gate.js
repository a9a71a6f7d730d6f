// Where the browser may go from the result of a sign-in: the rules of the widget itself (`redirect-url`,
// crates/sign-in-flow/src/redirect.rs), for an address that the page's code names later. A session token goes to the
// org's `sessionCookieRedirect` and nowhere else.
// Not here: navigating.

import { ConfigError } from "./errors.js";

/** Returns the absolute address, if it is http(s), has no user name, and its origin is one of `allowed`. */
export function admit(address, allowed, base) {
  let url;
  try {
    url = new URL(address, base);
  } catch {
    throw new ConfigError(`"${address}" is no address`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigError("an address to go to must start with https:// or http://");
  }
  if (url.username || url.password) {
    throw new ConfigError("an address to go to must not contain a user name or password");
  }
  if (!allowed.includes(url.origin)) {
    throw new ConfigError(
      `the address leads to ${url.origin}, which is not allowed: add it to redirectOrigins if it is yours`,
    );
  }
  return url.href;
}

/** Returns the address at the org that sets its session cookie and leads on to `target`, which was admitted. */
export function sessionCookieRedirect(baseUrl, token, target) {
  const url = new URL("/login/sessionCookieRedirect", baseUrl);
  url.search = new URLSearchParams({ checkAccountSetupComplete: "true", token, redirectUrl: target });
  return url.href;
}

/** The origins that may follow a sign-in: the page's own, the org's, and those of the option `redirectOrigins`. */
export function allowedOrigins({ baseUrl, redirectOrigins = [] }, page) {
  const more = typeof redirectOrigins === "string" ? redirectOrigins.split(/\s+/).filter(Boolean) : redirectOrigins;
  return [page, baseUrl, ...more].map((address) => new URL(address).origin);
}
