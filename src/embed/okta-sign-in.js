// The one script a page loads. It defines <okta-sign-in>, brings the style sheet along, and starts the
// WebAssembly module of the first form. The module with every screen is loaded when the browser is idle,
// or when a sign-in goes beyond the first form. No decisions here: attributes go to the modules as they are.
import init, { mount as mountFirstForm } from "./okta-sign-in-core.js";

const wasm = (name) => ({ module_or_path: new URL(`./${name}_bg.wasm`, import.meta.url) });
const ready = init(wasm("okta-sign-in-core"));

let loading;
let attempts = 0;
function everyScreen() {
  // A browser may remember that a module could not be fetched: another attempt has another address.
  const again = attempts ? `?${attempts}` : "";
  loading ??= import(`./okta-sign-in-rest.js${again}`).then(async (module) => {
    await module.default(wasm("okta-sign-in-rest"));
    return module;
  });
  // A connection that failed may be back the next time.
  loading.catch(() => {
    loading = undefined;
    attempts += 1;
  });
  return loading;
}

const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 2000));
const prefetch = () => whenIdle(() => everyScreen().catch(() => {}));

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

// A widget that goes on in the module with every screen when it must.
class Widget {
  #handle;

  constructor(element, config, onSuccess) {
    const handOn = async () => {
      try {
        const { mount } = await everyScreen();
        const onward = this.#handle?.onward();
        if (onward === undefined) return;
        this.#handle.unmount();
        this.#handle = mount(element, config, onSuccess, undefined, onward);
      } catch (error) {
        console.warn(error);
        this.#handle?.notHandedOn();
      }
    };
    this.#handle = mountFirstForm(element, config, onSuccess, handOn, undefined);
    prefetch();
  }

  /** Takes the widget off the page and ends its requests and timers. */
  unmount() {
    this.#handle?.unmount();
    this.#handle = undefined;
  }
}

/** Puts a widget into `element`; resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  await ready;
  return new Widget(element, config ?? {});
}

class OktaSignIn extends HTMLElement {
  /** Called with the result when `session-redirect` is `callback`. */
  onSuccess;
  #widget;

  async connectedCallback() {
    addStyles();
    try {
      await ready;
      if (!this.isConnected || this.#widget) return;
      this.#widget = new Widget(this, undefined, (result) => this.onSuccess?.(result));
    } catch (error) {
      console.error(error);
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only a removal ends the widget.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#widget?.unmount();
      this.#widget = undefined;
    });
  }
}

if (!customElements.get("okta-sign-in")) customElements.define("okta-sign-in", OktaSignIn);
