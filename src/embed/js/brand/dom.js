// Makes elements.
// Not here: which.

/** An element with these properties and children. `part` names it for a page that styles an isolated widget. */
export function make(tag, { part, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  if (part) element.setAttribute("part", part);
  element.append(...children);
  return element;
}

/** The element with the focus in the tree around `node`: a shadow root has its own. */
export const focused = (node) => node.getRootNode().activeElement;
