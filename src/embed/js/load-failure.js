// What an element without a static form shows where the second part of the program cannot be loaded: a message, and a
// button that tries again.
// Not here: the texts (Rust); the message in a static form (static-form.js).

import { paragraph, showMessage } from "./message.js";
import { formRendered } from "./rendered.js";

const MESSAGE = ".oaw-message";

/** Shows `text` and a button with `label`, which calls `retry`, in `element`. After another failure, shows it again. */
export function showLoadFailure(element, [text, label], retry) {
  const words = paragraph(text);
  const shown = element.querySelector(MESSAGE);
  // A new paragraph is announced again. The button stays, and so does the focus.
  if (shown) return shown.querySelector("p").replaceWith(words);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "oaw-button";
  button.textContent = label;
  button.addEventListener("click", retry);
  showMessage(element, words, button);
}

/** Removes that. Returns the function to call when the widget has started: it moves focus on from the button. */
export function removeLoadFailure(element) {
  const message = element.querySelector(MESSAGE);
  const hadFocus = message?.contains(document.activeElement);
  message?.parentElement.remove();
  return async () => {
    if (!hadFocus) return;
    await formRendered(element);
    element.querySelector("h2").focus();
  };
}
