// Turns a configuration of okta-signin-widget into ours, as table.js says, and reports what has no effect.
// Not here: a call of the page's own code.

import { LANGUAGE_TAGS } from "../language-tags.js";
import { warn } from "../warn.js";
import { brandOf } from "./brand.js";
import { languageOf } from "./language.js";
import { registrationOf } from "./registration.js";
import { stringsOf } from "./strings.js";
import { OPTIONS, OWN } from "./table.js";
import { isForServer, tokensOf } from "./tokens.js";

const GROUPS = new Set(Object.keys(OPTIONS).flatMap((name) => name.split(".").slice(0, -1)));

/** Returns the options of all configurations by their names in table.js; of one that is given twice, the last counts. */
export function flatten(...configs) {
  const given = new Map();
  for (const config of configs) {
    for (const [name, value] of Object.entries(config ?? {})) {
      if (value === undefined || value === null) continue;
      if (!GROUPS.has(name) || typeof value !== "object") given.set(name, value);
      else for (const [member, inner] of flatten(value)) given.set(`${name}.${member}`, inner);
    }
  }
  return given;
}

/**
 * Returns our configuration for `given`, which `flatten` made. `others` are the languages besides English; with `leaves`,
 * tokens come by a redirect. Throws where no tokens can be got as `given` says.
 */
export function translate(given, others = LANGUAGE_TAGS, leaves = false) {
  for (const [name, value] of given) report(name, value);
  const tags = ["en", ...others];
  const used = (given.get("customButtons") ?? []).map(({ i18nKey }) => i18nKey);
  const strings = merged(stringsOf(given.get("i18n") ?? {}, used, tags), given.get("strings") ?? {});
  const options = {
    // As okta-signin-widget does by itself.
    autofocus: true,
    existingSession: "ignore",
    language: languageOf(given.get("language"), tags),
    ...asGiven(given),
    ...brandOf(given),
    // The page's code says what follows.
    sessionRedirect: "callback",
  };
  options.baseUrl ??= given.get("issuer")?.split("/oauth2/")[0];
  if (given.has("clientId") && !isForServer(given)) {
    options.tokens = tokensOf(given, { baseUrl: options.baseUrl, leaves });
    // It takes the place of the session.
    delete options.sessionRedirect;
  }
  if (given.get("features.idpDiscovery")) options.discovery = "webfinger";
  const registration = registrationOf(given);
  if (registration) options.registration = registration;
  if (Object.keys(strings).length) options.strings = strings;
  return options;
}

// Texts by the tag of their language, and texts for every language.
function merged(one, other) {
  const strings = { ...one, ...other };
  for (const [tag, texts] of Object.entries(one)) if (other[tag]) strings[tag] = { ...texts, ...other[tag] };
  return strings;
}

// What is made of more than one value, or of another kind of value.
const MADE = ["buttons", "discovery", "idps", "language", "links", "piv", "registration", "strings", "tokens"];

/** Whether the value of an option stays as it is, under our name for it. */
export function staysAsGiven(name) {
  const { to } = OPTIONS[name];
  return Boolean(to) && name !== "issuer" && !MADE.includes(to);
}

function asGiven(given) {
  const options = {};
  for (const [name, value] of given) {
    if (OWN.includes(name) && !MADE.includes(name)) options[name] = value;
    else if (OPTIONS[name] && staysAsGiven(name)) options[OPTIONS[name].to] = value;
  }
  return options;
}

function report(name, value) {
  const row = OPTIONS[name];
  if (!row) {
    if (!OWN.includes(name)) warn(`${name} is no option of okta-signin-widget or of this widget: check its spelling`);
    return;
  }
  const { verdict, to, why } = row;
  const isReported = {
    taken: false,
    renamed: value !== false,
    always: value === false,
    refused: value !== false,
  }[verdict];
  if (isReported) warn(`${name} ${verdict === "renamed" ? `is taken as ${to}` : "has no effect"}: ${why}`);
}
