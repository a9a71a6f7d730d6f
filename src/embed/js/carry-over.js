// Keeps what was entered in the static form when the widget starts over it. Where the widget hydrates the form, the
// elements stay. Where it renders another one, the text, the selection and the focus are carried over.
// Not here: holding a submit (static-form.js); carrying it out (Rust).

import { NODES_ATTRIBUTE, STATIC_ATTRIBUTE, USERNAME_FIELD } from "./constants.js";
import { formRendered } from "./rendered.js";
import { removeFailure, staticRoot } from "./static-form.js";

/** Prepares the static form in `element`. Returns the function to call when the widget has started. */
export function inspectStaticForm(element) {
  const root = staticRoot(element);
  const form = root?.querySelector("form");
  if (!form) return () => {};
  removeFailure(root);
  allowHydration(element, root);
  const enter = readEntries(form);
  return async () => {
    root.inert = false;
    await formRendered(element);
    // The widget started with another step: the entries are not meant for it.
    if (field(element, USERNAME_FIELD)) enter(element);
  };
}

const field = (element, name) => element.querySelector("form").elements.namedItem(name);

// Hydration needs exactly the nodes that were rendered. Removes the page's white space around them, and the mark
// if something else has added or removed nodes.
function allowHydration(element, root) {
  for (const node of [...element.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  let count = 0;
  while (nodes.nextNode()) count += 1;
  if (count !== Number(root.getAttribute(NODES_ATTRIBUTE))) root.removeAttribute(STATIC_ATTRIBUTE);
}

// Reads focus and selection, which a removed element loses. Returns the function that enters everything elsewhere.
function readEntries(form) {
  const controls = [...form.elements].filter(({ name }) => name);
  const changed = controls.some(isChanged);
  const active = form.getRootNode().activeElement;
  const { selectionStart, selectionEnd, selectionDirection } = active ?? {};
  return (element) => {
    for (const control of controls) {
      const target = field(element, control.name);
      if (!target || target === control) continue;
      if (isChanged(control)) {
        target.value = control.value;
        target.checked = control.checked;
      }
      if (control !== active) continue;
      // Who types next over a name that the widget has filled in means the field after it.
      const isFilledIn = target.value !== control.value;
      ((isFilledIn && [...target.form.elements].find(isEmpty)) || target).focus();
      // A check box has no selection.
      if (!isFilledIn && selectionStart !== null) {
        target.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
      }
    }
    if (changed) element.querySelector("input")?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
}

// The value of a check box differs from its default value without any change.
function isChanged({ type, value, defaultValue, checked, defaultChecked }) {
  return checked !== defaultChecked || (type !== "checkbox" && value !== defaultValue);
}

const isEmpty = ({ type, value }) => /text|password/.test(type) && !value;
