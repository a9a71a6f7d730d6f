// What stands above and below every step: logo and name, links, and what the page has written for these places.
// Not here: the form, and what stands in it (in-form.js).

import { warn } from "../warn.js";
import { imageAddress, linkAddress, opensPage } from "./address.js";
import { make } from "./dom.js";

// The links that have an option each, by the key of their text.
const LINKS = { helpUrl: "help", contactUrl: "contact", termsUrl: "terms", privacyUrl: "privacy" };

/** The content of the header: logo, name, the page's own. Addresses stay as they are given, as in the page's HTML. */
export function header(options, slot) {
  const parts = [];
  const name = options.organizationName;
  const isImage = options.logo && imageAddress(options.logo);
  if (options.logo && !isImage) warn("logo", "must be an image by https, of the page's origin, or data:image/; it is left out");
  if (isImage) {
    if (!options.logoAlt && !name) warn("logo-alt", "is missing: who can't see the logo is not told whose it is");
    // With the name beside it, a logo says nothing more. Its height is known before it has loaded.
    parts.push(make("img", { part: "logo", className: "oaw-brand-logo", alt: options.logoAlt, height: 40, src: options.logo }));
  }
  if (name) parts.push(make("p", { part: "organization", className: "oaw-brand-name" }, name));
  return [...parts, ...slot];
}

/** The content of the footer: links, the page's own. */
export function footer(options, text, slot) {
  const known = Object.entries(LINKS)
    .filter(([option]) => options[option])
    .map(([option, key]) => ({ label: text(`brand.${key}`), href: options[option], option }));
  const items = [...known, ...options.links].map((item) => link(item, text)).filter(Boolean);
  if (!items.length) return slot;
  const list = make("ul", { part: "links", className: "oaw-brand-links" }, ...items.map((item) => make("li", {}, item)));
  // Without its bullets, Safari tells nobody that this is a list.
  list.setAttribute("role", "list");
  return [list, ...slot];
}

function link({ label, href, option, newWindow }, text) {
  const address = linkAddress(href);
  if (!address) {
    warn(option ? option.replace("Url", "-url") : `links: "${label}"`, "must lead to https, http, mailto or tel; it is left out");
    return undefined;
  }
  const link = make("a", { part: "brand-link", className: "oaw-brand-link", href: href.trim() }, label);
  // What was typed stays where it is.
  if (opensPage(address) && newWindow !== false) {
    Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    link.append(make("span", { className: "oaw-hidden" }, ` ${text("brand.new_window")}`));
  }
  return link;
}
