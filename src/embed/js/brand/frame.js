// The elements around the program: a header, the place where the program is mounted, a footer. They are in the page's
// HTML already where it was rendered there (xtask/prerender), and in a shadow root where the widget is isolated.
// Not here: what is in them.

import { focused, make } from "./dom.js";
import { addBrandStyles, copyStyles } from "./styles.js";

const FRAME = "oaw-brand";

/** The frame in `element`, made where there is none. Resolves when its style sheets are there. */
export async function frame(element, isolated) {
  const tree = isolated ? (element.shadowRoot ?? attach(element)) : element;
  const found = [...tree.children].find((child) => child.classList.contains(FRAME));
  await (isolated ? copyStyles(tree) : addBrandStyles());
  if (found) return parts(found);
  const made = make(
    "div",
    { part: "brand", className: FRAME },
    make("div", { part: "header", className: "oaw-brand-header" }),
    make("div", { className: "oaw-brand-main" }),
    make("div", { part: "footer", className: "oaw-brand-footer" }),
  );
  const nodes = [...element.childNodes].filter((node) => !node.slot);
  if (!isolated) return moved(nodes, () => (element.prepend(made), parts(made)));
  const light = tree.querySelector("slot:not([name])");
  return moved(nodes, () => (light ? light.replaceWith(made) : tree.append(made), parts(made)));
}

// A static form stays in sight, with the focus, until the style sheets are in the shadow root.
function attach(element) {
  const tree = element.attachShadow({ mode: "open" });
  tree.append(make("slot", {}));
  return tree;
}

const parts = (frame) => {
  const [header, main, footer] = frame.children;
  return { header, main, footer };
};

// Moves `nodes`, a static form, to where the program is mounted. What is moved loses focus and selection.
function moved(nodes, put) {
  const active = nodes.map(focused).find((active) => nodes.some((node) => node.contains?.(active)));
  const { selectionStart, selectionEnd } = active ?? {};
  const all = put();
  all.main.append(...nodes);
  active?.focus();
  if (typeof selectionStart === "number") active.setSelectionRange(selectionStart, selectionEnd);
  return all;
}
