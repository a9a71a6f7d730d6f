// What an element shows in place of a widget that cannot be there: a message, and a button that tries again.
// Not here: the texts (texts.js); the message in a static form (static-form.js); when the program has stopped
// (stopped.js).

import { paragraph, showMessage } from "./message.js";
import { formRendered } from "./rendered.js";

// What is shown now, by element.
const shown = new WeakMap();

/** Shows `text` and a button with `label`, which calls `onPress`, in `element`. Shows the same text again where it is. */
export function showFailureWithButton(element, text, label, onPress) {
  const words = paragraph(text);
  const before = shown.get(element);
  // A new paragraph is announced again. The button stays, and so does the focus.
  if (before?.isConnected) return before.querySelector("p").replaceWith(words);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "oaw-button";
  button.textContent = label;
  button.addEventListener("click", onPress);
  const hadFocus = element.contains(element.getRootNode().activeElement);
  shown.set(element, showMessage(element, words, button));
  if (hadFocus) button.focus();
}

/** Removes that. Returns the function to call when the widget has started: it moves focus on from the button. */
export function removeFailureWithButton(element) {
  const root = shown.get(element);
  const hadFocus = root?.contains(root.getRootNode().activeElement);
  root?.remove();
  return async () => {
    if (!hadFocus) return;
    await formRendered(element);
    element.querySelector("h2").focus();
  };
}
