// The app that gets tokens, by the options of okta-signin-widget: either our option `tokens`, where the widget itself asks for
// them, or an address of the org, where a server exchanges the code.
// Not here: the tokens themselves (token-result.js); other options (options.js).

import { ConfigError } from "./errors.js";
import { admit } from "./gate.js";
import { OPTIONS } from "./table.js";

const NOT_ASKED = ["prompt", "maxAge", "loginHint", "acrValues"];

const wrong = (name, why) => new ConfigError(`${name}: ${why}`);

/** The value of an option, which may also be one of `authParams`. */
const valueOf = (given, name) => given.get(`authParams.${name}`) ?? given.get(name);

const list = (value) => (typeof value === "string" ? value.split(/\s+/).filter(Boolean) : value);

/** Whether a server exchanges the code: with its own PKCE, or with a client secret and without PKCE. */
export function isForServer(given) {
  const types = list(valueOf(given, "responseType")) ?? [];
  const withoutPkce = given.get("authParams.pkce") === false && types.includes("code");
  return given.has("clientId") && (withoutPkce || given.has("codeChallenge"));
}

/** Where tokens come from. */
export function issuerOf(given, baseUrl) {
  return given.get("authParams.issuer") ?? given.get("issuer") ?? baseUrl;
}

/** The address of an endpoint of the issuer: of the org itself, or of one of its authorization servers. */
export function endpoint(issuer, name) {
  const base = issuer.replace(/\/$/, "");
  return `${base}${base.includes("/oauth2") ? "" : "/oauth2"}/v1/${name}`;
}

function redirectUriOf(given) {
  return given.has("redirectUri") ? new URL(given.get("redirectUri"), location.href).href : `${location.origin}/`;
}

/**
 * Returns our option `tokens` for `given`, which `flatten` made. With `leaves`, the browser goes to the org and comes back.
 * Throws what cannot be done.
 */
export function tokensOf(given, { baseUrl, leaves = false }) {
  for (const name of ["state", "nonce"]) {
    if (valueOf(given, name)) throw wrong(name, "the widget draws its own, and checks it: remove it");
  }
  for (const name of NOT_ASKED) {
    if (given.has(`authParams.${name}`)) throw wrong(`authParams.${name}`, OPTIONS[`authParams.${name}`].why);
  }
  const display = given.get("authParams.display") ?? "none";
  if (!["none", "page"].includes(display)) throw wrong("authParams.display", "the widget opens no window: use page, or none");
  const isRedirect = leaves || display === "page";
  // With PKCE, okta-signin-widget asks for a code too, whatever else is named.
  const isImplicit = given.get("authParams.pkce") === false;
  const responseType = isImplicit ? (list(valueOf(given, "responseType")) ?? ["token", "id_token"]) : "code";
  const usual = !isRedirect ? "okta_post_message" : isImplicit ? "fragment" : "query";
  const mode = valueOf(given, "responseMode") ?? usual;
  if (mode !== usual) throw wrong("responseMode", `the answer comes as ${usual} here: remove it`);
  return {
    clientId: given.get("clientId"),
    issuer: issuerOf(given, baseUrl),
    redirectUri: redirectUriOf(given),
    scopes: list(valueOf(given, "scopes")) ?? ["openid", "email"],
    responseType,
    display: isRedirect ? "redirect" : "frame",
  };
}

/** Returns the address at the org that sets its session and leads to the server with a code. */
export function serverAddress(given, { baseUrl, orgOrigins = [] }, token) {
  const issuer = issuerOf(given, baseUrl);
  // The session token goes to the org and nowhere else.
  const origins = [baseUrl, ...list(orgOrigins)].map((address) => new URL(address).origin);
  const url = new URL(admit(endpoint(issuer, "authorize"), origins, issuer));
  const challenge = valueOf(given, "codeChallenge");
  const all = {
    client_id: given.get("clientId"),
    redirect_uri: redirectUriOf(given),
    response_type: (list(valueOf(given, "responseType")) ?? ["code"]).join(" "),
    response_mode: valueOf(given, "responseMode"),
    scope: (list(valueOf(given, "scopes")) ?? ["openid", "email"]).join(" "),
    state: valueOf(given, "state") ?? crypto.randomUUID(),
    nonce: valueOf(given, "nonce"),
    code_challenge: challenge,
    code_challenge_method: challenge && (valueOf(given, "codeChallengeMethod") ?? "S256"),
    prompt: "none",
    sessionToken: token,
  };
  url.search = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== undefined));
  return url.href;
}
