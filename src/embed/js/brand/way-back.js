// The org of a sign-in, and where the browser goes after a sign-in that does not use the form.
// Not here: who asks.

import { linkAddress, opensPage } from "./address.js";

export const isText = (value) => typeof value === "string" && value.trim() !== "";

/** The address of the org, where the options have one; the program says what is wrong with another. `from` has the options. */
export function orgOf(from) {
  const org = isText(from("baseUrl")) ? linkAddress(from("baseUrl")) : undefined;
  return org && opensPage(org) ? org : undefined;
}

/** Back to this page, which finds the session then, where nothing else is set. Its own parameters may be used up. */
export function wayBack(from) {
  const redirect = from("redirectUrl");
  return (isText(redirect) && linkAddress(redirect)) || location.origin + location.pathname;
}

/** The origins that the browser may be sent to: of the org, of this page, and those that the options name. */
export function allowedOrigins(from) {
  const listed = ["orgOrigins", "redirectOrigins"].flatMap((name) => from(name) ?? []);
  const addresses = [orgOf(from), ...listed.flatMap((text) => (isText(text) ? text.trim().split(/\s+/) : []))];
  const found = addresses.filter(Boolean).map(linkAddress).filter((address) => address && opensPage(address));
  return [location.origin, ...found.map((address) => new URL(address).origin)];
}
