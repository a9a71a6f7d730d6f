// The one script a page loads for the signed-in user's factors. It defines <okta-my-factors>, brings the style
// sheet along, and starts the module with every screen. No decisions here: attributes go to the module.
import init, { mountMyFactors } from "./okta-sign-in-rest.js";

const ready = init({ module_or_path: new URL("./okta-sign-in-rest_bg.wasm", import.meta.url) });
const MARK = "data-okta-sign-in";

// A page that brings its own style sheet marks it, and none is added.
function addStyles() {
  if (document.querySelector(`link[${MARK}], style[${MARK}]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./styles/okta-sign-in.css", import.meta.url).href;
  link.setAttribute(MARK, "");
  document.head.append(link);
}

/** Puts the factors into `element`; resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  await ready;
  return mountMyFactors(element, config ?? {});
}

class OktaMyFactors extends HTMLElement {
  #widget;

  async connectedCallback() {
    addStyles();
    try {
      await ready;
      if (!this.isConnected || this.#widget) return;
      this.#widget = mountMyFactors(this, undefined);
    } catch (error) {
      console.error(error);
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only a removal ends it.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#widget?.unmount();
      this.#widget = undefined;
    });
  }
}

if (!customElements.get("okta-my-factors")) customElements.define("okta-my-factors", OktaMyFactors);
