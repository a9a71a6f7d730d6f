// The one script a page loads. It defines <okta-sign-in>, brings the style sheet along, and starts the
// WebAssembly module. No decisions here: attributes go to the module as they are.
import init, { mount as mountNow, mountElement } from "./okta-sign-in-core.js";

const ready = init({ module_or_path: new URL("./okta-sign-in-core_bg.wasm", import.meta.url) });

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

/** Puts a widget into `element`; resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  await ready;
  return mountNow(element, config);
}

class OktaSignIn extends HTMLElement {
  /** Called with the result when `session-redirect` is `callback`. */
  onSuccess;
  #handle;

  async connectedCallback() {
    addStyles();
    try {
      await ready;
      if (!this.isConnected || this.#handle) return;
      this.#handle = mountElement(this, (result) => this.onSuccess?.(result));
    } catch (error) {
      console.error(error);
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only a removal ends the widget.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#handle?.unmount();
      this.#handle = undefined;
    });
  }
}

if (!customElements.get("okta-sign-in")) customElements.define("okta-sign-in", OktaSignIn);
