// The brand's options: of a configuration, or of an element's attributes and properties.
// Not here: what each does.

import { warn } from "../warn.js";
import { isProvider } from "./idps.js";
import { isLabel } from "./labels.js";
import { readPiv } from "./piv.js";

// Those of text, by attribute.
const TEXTS = {
  logo: "logo",
  logoAlt: "logo-alt",
  organizationName: "organization-name",
  accentColor: "accent-color",
  accentColorDark: "accent-color-dark",
  helpUrl: "help-url",
  contactUrl: "contact-url",
  termsUrl: "terms-url",
  privacyUrl: "privacy-url",
};

// Those that are flags.
const FLAGS = {
  deviceFingerprint: "device-fingerprint",
  divider: "divider",
  isolated: "isolated",
  securityImage: "security-image",
};

// Those that are lists, by what each of their items has to be.
const LISTS = { links: isLabelled, buttons: isLabelled, idps: (_, item) => isProvider(item) };

/** All options, with the attributes that each may have. */
export const NAMES = Object.fromEntries(
  [...Object.entries(TEXTS), ...Object.entries(FLAGS), ["piv"], ...Object.keys(LISTS).map((name) => [name])].map(
    ([name, attribute]) => [name, attribute ? [attribute, name.toLowerCase()] : []],
  ),
);

/** The options in `config`, or where that is undefined those of `element`. */
export function readOptions(element, config) {
  const options = {};
  const given = (name, attribute) => {
    if (config) return config[name];
    return element[name] ?? element.getAttribute(attribute) ?? element.getAttribute(name.toLowerCase());
  };
  for (const [name, attribute] of Object.entries(TEXTS)) {
    const value = given(name, attribute) ?? "";
    if (typeof value === "string") options[name] = value.trim();
    else warn(attribute, "must be a string");
  }
  for (const name of Object.keys(LISTS)) options[name] = list(name, config ? config[name] : element[name]);
  options.piv = readPiv(config ? config.piv : element.piv);
  for (const [name, attribute] of Object.entries(FLAGS)) options[name] = flag(attribute, given(name, attribute));
  return options;
}

function list(name, value) {
  if (Array.isArray(value)) return value.filter((item) => LISTS[name](name, item));
  if (value !== undefined && value !== null) warn(name, "must be a list");
  return [];
}

function isLabelled(name, item) {
  const is = typeof item === "object" && item !== null && isLabel(item.label);
  if (!is) warn(name, "must have objects with a label");
  return is;
}

// As the program reads a flag.
function flag(attribute, value) {
  if (value === "" || value === true || value === "true") return true;
  if ((value ?? false) !== false && value !== "false") warn(attribute, "must be true or false");
  return false;
}
