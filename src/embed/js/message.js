// The markup of an error message, for what the scripts say themselves.
// Not here: the texts; a message of the widget (Rust, views/form/message.rs).

/** Returns an alert with this content. It is announced when it gets into the page. */
export function errorMessage(...content) {
  const text = document.createElement("div");
  text.className = "oaw-message-text";
  text.append(...content);
  const message = document.createElement("div");
  message.className = "oaw-message oaw-message-error";
  message.setAttribute("role", "alert");
  message.append(text);
  return message;
}

/** Replaces the content of `element` by a panel with a message of this content, and returns the panel. */
export function showMessage(element, ...content) {
  const root = document.createElement("div");
  root.className = "oaw oaw-panel";
  root.append(errorMessage(...content));
  element.replaceChildren(root);
  return root;
}

/** Makes a message of the sentence that the program has left in `element`, where it left one. */
export function frameSentence(element) {
  const sentence = element.textContent.trim();
  if (sentence && !element.firstElementChild) showMessage(element, paragraph(sentence));
}

/** Returns a paragraph with this text. */
export function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
