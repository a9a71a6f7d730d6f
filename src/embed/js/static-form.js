// The static form: the form that is in the page's HTML before the code is there.
// Not here: what was entered in it, when the widget starts (carry-over.js); how it is rendered and hydrated (Rust).

import {
  ACTIVATION_TOKEN_PARAMETER,
  FAILED_ATTRIBUTE,
  FALSE_VALUE,
  HELD_ATTRIBUTE,
  RECOVERY_TOKEN_PARAMETER,
  RESUME_ATTRIBUTE,
  STATE_TOKEN_PARAMETER,
  STATIC_ATTRIBUTE,
} from "./constants.js";
import { errorMessage, frameSentence, paragraph } from "./message.js";

const TOKEN_PARAMETERS = [STATE_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, ACTIVATION_TOKEN_PARAMETER];

/** Returns the root of the static form in `element`, or `null`. */
export const staticRoot = (element) => element.querySelector(`[${STATIC_ATTRIBUTE}]`);

/**
 * Holds every submit of a static form: stores the value of the pressed button on the form, and calls `onHeld` with
 * the form. The submit is carried out when the widget starts.
 */
export function holdSubmits(onHeld) {
  const hold = (event) => {
    const form = event.target;
    if (!form.closest(`[${STATIC_ATTRIBUTE}]`)) return;
    event.preventDefault();
    form.setAttribute(HELD_ATTRIBUTE, event.submitter?.value ?? "");
    onHeld(form);
  };
  // While the event is captured, so that no listener of the page can prevent it.
  document.addEventListener("submit", hold, true);
}

/** Makes the static form inert if the page's address has a token: the sign-in then starts with another step. */
export function setAside(element) {
  const root = staticRoot(element);
  const resumes = (element.getAttribute(RESUME_ATTRIBUTE) ?? FALSE_VALUE) !== FALSE_VALUE;
  const query = new URLSearchParams(location.search);
  if (root && resumes && TOKEN_PARAMETERS.some((name) => query.get(name))) root.inert = true;
}

/** Shows in the static form that the code could not be loaded, or what the program says instead of it. The person can press its button to try again. */
export function showFailure(element) {
  const root = staticRoot(element);
  const form = root?.querySelector("form");
  if (!form) return frameSentence(element);
  form.removeAttribute(HELD_ATTRIBUTE);
  root.inert = false;
  removeFailure(root);
  form.querySelector("h2").after(errorMessage(paragraph(root.getAttribute(FAILED_ATTRIBUTE))));
}

/** Removes that message. */
export function removeFailure(root) {
  root.querySelector(".oaw-message")?.remove();
}
