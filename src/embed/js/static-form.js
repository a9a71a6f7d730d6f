// The static form: the form that is in the page's HTML before the code is there.
// Not here: what was entered in it, when the widget starts (carry-over.js); how it is rendered and hydrated (Rust).

import { FAILED_ATTRIBUTE, STATIC_ATTRIBUTE } from "./constants.js";
import { errorMessage, frameSentence, paragraph } from "./message.js";

// For the style sheet alone: whoever can write into the page could set it.
const HELD_ATTRIBUTE = "data-oaw-held";

// The forms that were submitted, each with the value of the pressed button.
const held = new WeakMap();

/** Returns the root of the static form in `element`, or `null`. */
export const staticRoot = (element) => element.querySelector(`[${STATIC_ATTRIBUTE}]`);

const staticForm = (element) => staticRoot(element)?.querySelector("form");

/**
 * Holds every submit of a static form, and calls `onHeld` with the form. The submit is carried out when the widget
 * starts.
 */
export function holdSubmits(onHeld) {
  const onSubmit = (event) => {
    const form = event.target;
    if (!form.closest(`[${STATIC_ATTRIBUTE}]`)) return;
    event.preventDefault();
    hold(form, event.submitter);
    onHeld(form);
  };
  // While the event is captured, so that no listener of the page can prevent it.
  document.addEventListener("submit", onSubmit, true);
}

/**
 * Holds a submit of the static form in `element` that came before this script. The browser kept no event, but it marks
 * every control of a form that was submitted as one that the person has left. The form has one that nobody can reach.
 */
export function holdEarlier(element) {
  const form = staticForm(element);
  const probe = form?.querySelector(":scope > [hidden]");
  if (!probe) return;
  const active = document.activeElement;
  // `:is` accepts a name that the browser does not know.
  if (probe.matches(":is(:user-valid)")) hold(form, active.form === form && active.type === "submit" ? active : null);
  probe.remove();
}

function hold(form, button) {
  held.set(form, button?.value ?? "");
  form.setAttribute(HELD_ATTRIBUTE, "");
}

/** Returns the value of the button by which the static form in `element` was submitted, or `undefined`. */
export function takeHeld(element) {
  const form = element.querySelector("form");
  const pressed = held.get(form);
  held.delete(form);
  form?.removeAttribute(HELD_ATTRIBUTE);
  return pressed;
}

/** Shows in the static form that the code could not be loaded, or what the program says instead of it. The person can press its button to try again. */
export function showFailure(element) {
  const form = staticForm(element);
  if (!form) return frameSentence(element);
  const root = staticRoot(element);
  takeHeld(element);
  root.inert = false;
  removeFailure(root);
  form.querySelector("h2").after(errorMessage(paragraph(root.getAttribute(FAILED_ATTRIBUTE))));
}

/** Removes that message. */
export function removeFailure(root) {
  root.querySelector(".oaw-message")?.remove();
}
