// The button to sign in with a smart card (PIV, CAC), in the form for user name and password.
// Not here: the requests (certificate.js); where it stands (in-form.js).

import { reportError } from "../events.js";
import { warn } from "../warn.js";
import { linkAddress } from "./address.js";
import { addressByCertificate } from "./certificate.js";
import { make } from "./dom.js";
import { isLabel } from "./labels.js";
import { allowedOrigins, isText, orgOf, wayBack } from "./way-back.js";

// The attempt of each element: another press, or a button made anew, ends the one before.
const attempts = new WeakMap();

/** The option as it may be used; `undefined` without one, or with one that can't be used. */
export function readPiv(given) {
  if ((given ?? undefined) === undefined) return undefined;
  const certAuthUrl = linkAddress(given.certAuthUrl);
  const isUsable = certAuthUrl?.startsWith("http") && (given.label === undefined || isLabel(given.label));
  if (!isUsable) warn("piv", "must be an object with certAuthUrl, the org's address for certificates, and a label that is a text");
  return isUsable ? { ...given, certAuthUrl } : undefined;
}

// By HTTPS, or at the org itself, which is an emulator then.
const isSecure = (address, org) => new URL(address).protocol === "https:" || new URL(address).origin === new URL(org).origin;

/**
 * The button for the sign-in in `element`, with what is said below it, where it belongs to this position; else `undefined`. `from`
 * has the options of the sign-in, `text` the texts.
 */
export function pivButton(element, piv, position, from, text) {
  const org = orgOf(from);
  if (!piv || !org || (piv.position === "above" ? "above" : "below") !== position) return undefined;
  if (!isSecure(piv.certAuthUrl, org)) {
    warn("piv", "certAuthUrl must be an address by https, or of the org; the button is left out");
    return undefined;
  }
  endPiv(element);
  const className = ["oaw-button oaw-brand-piv", isText(piv.className) && piv.className.trim()].filter(Boolean).join(" ");
  const button = make("button", { part: "piv", type: "button", className }, piv.label ?? text("brand.piv"));
  // It is there before it says something: only then is what it says read out.
  const said = make("p", { part: "piv-status", className: "oaw-brand-status" });
  said.setAttribute("role", "status");
  button.addEventListener("click", () => start(element, piv, { button, said, from, text }));
  return make("div", { className: `oaw-brand-buttons oaw-brand-${position}` }, button, said);
}

async function start(element, piv, { button, said, from, text }) {
  if (button.getAttribute("aria-disabled")) return;
  const attempt = new AbortController();
  attempts.set(element, attempt);
  // It keeps the focus.
  button.setAttribute("aria-disabled", "true");
  said.textContent = text("brand.piv_wait");
  const isWanted = () => !attempt.signal.aborted && button.isConnected;
  try {
    const address = await addressByCertificate(piv, wayBack(from), allowedOrigins(from), attempt.signal);
    // The address has a session token: Back must not lead to it.
    if (isWanted()) return location.replace(address);
  } catch (error) {
    if (isWanted()) {
      console.error(error);
      said.textContent = text("brand.piv_failed");
      reportError(element, { code: "piv", status: error.status ?? null, step: "start", retryable: true });
    }
  }
  // The same button may be shown again later.
  if (!isWanted()) said.textContent = "";
  button.removeAttribute("aria-disabled");
}

/** Ends the attempt that is under way in `element`. */
export const endPiv = (element) => attempts.get(element)?.abort();
