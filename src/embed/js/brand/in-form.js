// What stands in the form for user name and password: below its heading the page's own content and buttons, and further
// buttons below the form. The program renders a new form for each step; this finds each and adds to it.
// Not here: what is added.

// The program renders no mark for this form: it is the one that asks for the user name and says nothing before.
const START = "[name=username]:not([aria-describedby*=-about])";

/** The form for user name and password in `root`, or `undefined`. */
export function startForm(root) {
  const form = root.querySelector("form");
  return form?.querySelector(START) ? form : undefined;
}

/**
 * Puts `above` and `below`, each a list of nodes, into the form in `root`. What is in there stays in its place. Returns
 * the form, where there is one.
 */
export function place(root, above, below) {
  const form = startForm(root);
  if (!form) return undefined;
  const heading = form.querySelector("h2");
  let last = heading;
  for (const node of above) {
    if (last.nextSibling !== node) last.after(node);
    last = node;
  }
  if (below.every((node) => node.parentNode === form)) return form;
  const links = form.querySelector(".oaw-footer");
  if (links) links.before(...below);
  else form.append(...below);
  return form;
}

// What a page may style in an isolated widget, by what the program renders.
const PARTS = {
  form: ".oaw-panel",
  title: ".oaw-title",
  label: ".oaw-label",
  input: ".oaw-input",
  checkbox: ".oaw-checkbox",
  button: ".oaw-button",
  "primary-button": ".oaw-button-primary",
  link: ".oaw-link",
  choice: ".oaw-choice",
  message: ".oaw-message",
  "form-links": ".oaw-footer",
};

/** Names the parts of what the program has rendered in `root`. */
export function nameParts(root) {
  for (const [part, selector] of Object.entries(PARTS)) {
    for (const element of root.querySelectorAll(selector)) element.part.add(part);
  }
}
