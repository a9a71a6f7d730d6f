// Links that begin a sign-in at an identity provider, in the form for user name and password.
// Not here: where they stand (in-form.js); the page's own buttons (buttons.js).

import { warn } from "../warn.js";
import { make } from "./dom.js";
import { isLabel } from "./labels.js";
import { isText, orgOf, wayBack } from "./way-back.js";

// Types whose name everybody knows.
const KNOWN = {
  // A page's types are looked up in it.
  __proto__: null,
  APPLE: "Apple",
  FACEBOOK: "Facebook",
  GOOGLE: "Google",
  LINKEDIN: "LinkedIn",
  MICROSOFT: "Microsoft",
};

const nameOf = ({ name, type }) => (isText(name) ? name.trim() : KNOWN[type]);

/** Whether that is a provider: with an id of the org, and with a name or a label where its type says none. */
export function isProvider(item) {
  const is = isText(item?.id) && /^[a-z\d]+$/i.test(item.id) && (isText(nameOf(item)) || isLabel(item.label));
  if (!is) warn("idps", "must have objects with an id of the org, and a known type, a name or a label");
  return is;
}

/** The links for a position, in one element; `undefined` without any. `from` has the options of the sign-in, `text` the text. */
export function providers(items, position, from, text) {
  const made = items.filter((item) => (item.position === "above" ? "above" : "below") === position);
  const org = orgOf(from);
  if (!made.length || !org) return undefined;
  const links = made.map((item) => link(item, addressOf(item, org, from), text));
  return make("div", { part: `idps idps-${position}`, className: `oaw-brand-buttons oaw-brand-${position}` }, ...links);
}

function link(item, href, text) {
  const name = nameOf(item) ?? item.label;
  const part = isText(item.type) ? `idp idp-${item.type.trim().toLowerCase()}` : "idp";
  const className = ["oaw-button oaw-brand-idp", isText(item.className) && item.className.trim()].filter(Boolean).join(" ");
  const icon = make("span", { part: "idp-icon", className: "oaw-brand-idp-icon" }, [...name][0].toUpperCase());
  icon.setAttribute("aria-hidden", "true");
  const said = item.label ? [item.label] : named(text, name);
  return make("a", { part, className, href }, icon, make("span", {}, ...said));
}

// The name keeps its own order of characters in every language.
function named(text, name) {
  const [before, after] = text.split("{provider}");
  return [before, make("bdi", {}, name), after].filter(Boolean);
}

function addressOf({ id }, org, from) {
  const address = new URL(`/sso/idps/${id}`, org);
  const token = from("stateToken");
  if (isText(token)) address.searchParams.set("stateToken", token);
  else address.searchParams.set("fromURI", wayBack(from));
  return address.href;
}
