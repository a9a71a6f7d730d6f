// Observes what the widget has rendered.
// Not here: what happens then.

import { staticRoot } from "./static-form.js";

/** Resolves when the widget in `element` has rendered a form, before the browser paints it. */
export function formRendered(element) {
  return new Promise((resolve) => {
    const observer = new MutationObserver(check);
    function check() {
      if (staticRoot(element) || !element.querySelector("form")) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(element, { attributes: true, childList: true, subtree: true });
    check();
  });
}
