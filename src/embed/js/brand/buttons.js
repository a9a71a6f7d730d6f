// The page's own buttons.
// Not here: where they stand (in-form.js).

import { callHost } from "../host.js";
import { warn } from "../warn.js";
import { linkAddress } from "./address.js";
import { make } from "./dom.js";

const POSITIONS = ["above", "below"];

/** The buttons of the widget in `element` for a position, in one element; `undefined` without any. */
export function buttons(element, options, position) {
  const made = options.buttons
    .filter((button) => (POSITIONS.includes(button.position) ? button.position : "below") === position)
    .map((button) => makeButton(element, button))
    .filter(Boolean);
  if (!made.length) return undefined;
  return make("div", { part: `buttons buttons-${position}`, className: `oaw-brand-buttons oaw-brand-${position}` }, ...made);
}

/** Tells the developer what is wrong with them. */
export function checkButtons({ buttons }) {
  for (const { label, onClick, href, position } of buttons) {
    const about = `buttons: "${label}"`;
    if (typeof onClick !== "function" && !linkAddress(href)) {
      warn(about, "needs a function onClick, or an href that leads to https, http, mailto or tel; it is left out");
    }
    if (position !== undefined && !POSITIONS.includes(position)) warn(about, "has a position that is not above or below");
  }
}

function makeButton(element, { label, onClick, href, className }) {
  const properties = { part: "custom-button", className: "oaw-button" };
  if (typeof className === "string" && className.trim()) properties.className += ` ${className.trim()}`;
  if (typeof onClick !== "function") {
    const address = linkAddress(href);
    return address && make("a", { ...properties, href: address }, label);
  }
  const button = make("button", { ...properties, type: "button" }, label);
  button.addEventListener("click", (event) => callHost(element, () => onClick(event)));
  return button;
}
