// Tokens as okta-auth-js has them: `tokenManager.setTokens` takes these.
// Not here: asking for them (tokens.js).

import { endpoint } from "./tokens.js";

const seconds = (date) => Math.floor(date / 1000);

/** Returns `{accessToken, idToken, refreshToken}` for our result, as far as there are any. `asked` is our option `tokens`. */
export function tokensOfResult({ accessToken, idToken, refreshToken, expiresAt, scopes, claims }, asked) {
  const { issuer, clientId } = asked;
  const authorizeUrl = endpoint(issuer, "authorize");
  const granted = scopes.length ? scopes : asked.scopes;
  const tokens = {};
  if (accessToken) {
    tokens.accessToken = {
      accessToken,
      claims: claimsIn(accessToken),
      expiresAt: seconds(expiresAt),
      tokenType: "Bearer",
      scopes: granted,
      authorizeUrl,
      userinfoUrl: endpoint(issuer, "userinfo"),
    };
  }
  if (idToken) {
    const expires = claims.exp - claims.iat + seconds(Date.now());
    tokens.idToken = { idToken, claims, expiresAt: expires, scopes: granted, authorizeUrl, issuer: claims.iss, clientId };
  }
  if (refreshToken) {
    tokens.refreshToken = {
      refreshToken,
      expiresAt: seconds(expiresAt),
      scopes: granted,
      tokenUrl: endpoint(issuer, "token"),
      authorizeUrl,
      issuer,
    };
  }
  return tokens;
}

// For a page that reads them: only the server that the token is for can check it. `undefined` where it is no JWT.
function claimsIn(token) {
  try {
    const [, payload] = token.split(".");
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Whether the page's address has tokens, or a code for some. */
export function hasTokensInUrl({ search, hash }) {
  const has = (fields, name) => new URLSearchParams(fields.slice(1)).has(name);
  const isIn = (fields) => has(fields, "state") && ["code", "id_token", "access_token"].some((name) => has(fields, name));
  return isIn(search) || isIn(hash);
}
