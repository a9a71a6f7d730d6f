// The results as okta-signin-widget passes them to a page.
// Not here: when there is one; where the browser may go (gate.js).

import { ConfigError } from "./errors.js";
import { admit, allowedOrigins, sessionCookieRedirect } from "./gate.js";
import { tokensOfResult } from "./token-result.js";

/**
 * Returns the result there for ours.
 * - `options` are ours, and `redirectUri` is where to go where the page's code does not say.
 * - `leave(url)` replaces the page.
 */
export function resultOf(result, { options, redirectUri, leave }) {
  if (result.type === "redirect") {
    // The program has checked it: it is an address of the org.
    const finish = () => leave(result.url);
    return { status: "SUCCESS", type: "SESSION_STEP_UP", stepUp: { url: result.url, finish }, next: finish };
  }
  if (result.type === "tokens") return { status: "SUCCESS", tokens: tokensOfResult(result, options.tokens) };
  const { sessionToken: token, user } = result;
  return {
    status: "SUCCESS",
    type: "SESSION_SSO",
    user: userOf(user),
    session: {
      token,
      setCookieAndRedirect(address = redirectUri) {
        if (!address) throw new ConfigError("setCookieAndRedirect needs an address, or the option redirectUri");
        const page = document.location.href;
        const target = admit(address, allowedOrigins(options, page), page);
        leave(sessionCookieRedirect(options.baseUrl, token, target));
      },
    },
  };
}

// `passwordChanged`, `locale` and `timeZone` are not read from the org's answer.
function userOf(user) {
  if (!user) return undefined;
  const { id, login, firstName, lastName } = user;
  return { id, profile: { login, firstName, lastName } };
}
