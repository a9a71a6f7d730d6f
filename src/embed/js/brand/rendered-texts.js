// Replaces texts in what the program has rendered. It writes a text only when that has changed, so what is written here stays
// until then.
// Not here: what a text becomes (strings.js).

const ATTRIBUTES = ["aria-label", "alt", "title", "placeholder"];

// What the page has put into the form by itself.
const FOREIGN = "[slot], .oaw-brand-buttons";

// By text node, and by element and attribute: what the program has written, and what is written here.
const written = new WeakMap();

/** What a MutationObserver has to tell for this. */
export const OBSERVED = { characterData: true, attributeFilter: ATTRIBUTES };

/** Replaces every text in `root` by what `replace(text, isHeading)` returns. */
export function replaceTexts(root, replace) {
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const element = node.parentElement && node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(FOREIGN)) continue;
    if (node === element) for (const name of ATTRIBUTES) replaceAttribute(element, name, replace);
    else change(node, "", node.data, (text) => (node.data = text), (text) => replace(text, Boolean(element.closest("h2"))));
  }
}

function replaceAttribute(element, name, replace) {
  const text = element.getAttribute(name);
  if (text) change(element, name, text, (text) => element.setAttribute(name, text), (text) => replace(text, false));
}

function change(node, name, now, write, replace) {
  const known = written.get(node) ?? written.set(node, {}).get(node);
  const from = known[name]?.to === now ? known[name].from : now;
  const to = replace(from);
  if (to !== from || known[name]) known[name] = { from, to };
  if (to !== now) write(to);
}
