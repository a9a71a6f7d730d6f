// The page's own code for a registration, as okta-signin-widget calls it. `preSubmit` and `postSubmit` have the same
// meaning in both; a schema becomes a list of fields.
// Not here: creating a user.

import { warn } from "../warn.js";
import { callPage, withLimit } from "./errors.js";

// How long the page's code may take to mould the schema, in milliseconds.
const LIMIT = 10_000;

const DEFAULTS = {
  firstName: { type: "string", title: "First name", maxLength: 50 },
  lastName: { type: "string", title: "Last name", maxLength: 50 },
  email: { type: "string", format: "email", title: "Email address" },
  password: { type: "string", title: "Password" },
};
const AUTOCOMPLETE = {
  firstName: "given-name",
  lastName: "family-name",
  email: "email",
  password: "new-password",
};

/** Returns our option `registration`, or undefined where the page wants no form for it. */
export function registrationOf(given) {
  if (!given.get("features.registration") || given.has("registration.click")) return undefined;
  const code = {};
  for (const name of ["preSubmit", "postSubmit"]) {
    if (given.has(`registration.${name}`)) code[name] = given.get(`registration.${name}`);
  }
  if (given.has("hookUrl")) {
    if (given.has("registration.parseSchema")) warn("registration.parseSchema has no effect: the hook publishes the form");
    return code.preSubmit || code.postSubmit ? code : undefined;
  }
  if (!code.preSubmit) {
    warn("features.registration has no effect: set hookUrl, or create the user in registration.preSubmit");
    return undefined;
  }
  return code;
}

/** Adds the fields to `registration` that the page's function makes of the schema. */
export async function moulded(registration, parseSchema) {
  const properties = structuredClone(DEFAULTS);
  const names = Object.keys(DEFAULTS);
  const schema = { profileSchema: { properties, required: [...names], fieldOrder: names } };
  // What the function throws ends the promise.
  const answer = callPage("registration.parseSchema", () =>
    new Promise((resolve) => {
      const failed = (error) => {
        warn(`registration.parseSchema failed: ${error?.errorSummary ?? "no reason given"}`);
        resolve(undefined);
      };
      parseSchema(schema, resolve, failed);
    }),
  );
  const profile = (await withLimit("registration.parseSchema", answer, LIMIT))?.profileSchema;
  return profile ? { ...registration, fields: fieldsOf(profile) } : registration;
}

function fieldsOf({ properties, required = [], fieldOrder }) {
  const order = fieldOrder ?? Object.keys(properties);
  return order.filter((name) => isKnown(name, properties[name])).map((name) => field(name, properties[name], required));
}

function isKnown(name, property) {
  const is = property?.type === "string" && !property.enum && !property.oneOf;
  if (!is) warn(`registration.parseSchema: the field ${name} is left out: this widget asks for text only`);
  return is;
}

function field(name, { format, title, description, maxLength }, required) {
  const type = name === "password" ? "password" : format === "email" ? "email" : "text";
  // A text that the page did not change is said in the words of the widget.
  const isOurs = title === DEFAULTS[name]?.title && !description;
  return {
    name,
    ...(!isOurs && { label: description ?? title ?? name }),
    type,
    required: required.includes(name),
    ...(maxLength && { maxLength }),
    ...(AUTOCOMPLETE[name] && { autocomplete: AUTOCOMPLETE[name] }),
  };
}
