// A widget in an element: loads the program, starts, starts anew when an option has changed, tells the page, ends. `mount`
// returns one, and a custom element has one.
// Not here: what is loaded and opened (okta-sign-in.js, okta-my-factors.js); attributes and properties (element.js).

import { dispatch } from "./events.js";
import { reportFailedStart } from "./failure.js";
import { callHost, prepare } from "./host.js";
import { addStyles } from "./styles.js";

export class Widget {
  /** Where the sign-in stands: `{status, step, user}`; `null` where no widget runs. */
  transaction = null;
  #element;
  #kind;
  #options;
  #isElement;
  #handle;
  #isWanted;
  #isStarting;
  #changed;
  #settle;
  #listening = new AbortController();

  /**
   * `kind` has a `name`, the functions `load()`, `prepare(element, options)` (optional), `open(core, element, options,
   * isElement, tell)` and `failed(element, error, core, retry)` (optional). `options` are read when the widget starts;
   * with `isElement`, so are the attributes.
   */
  constructor(element, kind, options, isElement) {
    this.#element = element;
    this.#kind = kind;
    this.#options = options;
    this.#isElement = isElement;
    /** Resolves when a person can use the first form, and rejects with the reason why not. */
    this.ready = new Promise((...settle) => (this.#settle = settle));
    // Who does not ask has the reason in the console and in the event.
    this.ready.catch(() => {});
  }

  /** Adds a listener for an event, until the widget is unmounted. */
  on(name, listener) {
    this.#element.addEventListener(name, listener, { signal: this.#listening.signal });
  }

  /** Removes it. */
  off(name, listener) {
    this.#element.removeEventListener(name, listener);
  }

  /** Starts the widget, unless it runs or is starting. After a failure it may be called again. */
  async start() {
    addStyles(this.#isElement ? this.#element.nonce : this.#options.nonce);
    this.#isWanted = true;
    if (this.#handle || this.#isStarting) return;
    this.#isStarting = true;
    const { load, prepare, open, failed } = this.#kind;
    const element = this.#element;
    let core;
    try {
      await prepare?.(element, this.#isElement ? undefined : this.#options);
      core = await load();
      if (this.#isWanted) this.#handle = open(core, element, this.#options, this.#isElement, this.#tell);
    } catch (error) {
      console.error(error);
      this.#settle[1](error);
      if (this.#isWanted) failed?.(element, error, core, () => this.start());
      reportFailedStart(element, error, core);
    } finally {
      this.#isStarting = false;
    }
  }

  /** Takes the widget off the page, also before it was loaded, and ends its requests and timers. */
  unmount() {
    this.#listening.abort();
    this.end();
  }

  /** The same for a widget that may be started again. */
  end() {
    this.#isWanted = false;
    this.#handle?.unmount();
    this.#handle = undefined;
    this.transaction = null;
  }

  /** Ends the sign-in, as the person could. */
  cancel() {
    this.#handle?.cancel();
  }

  /** Changes options. Where the widget has to start anew for that, it says so in the console. */
  update(changes) {
    for (const name in changes) {
      const before = this.#options[name];
      this.#options[name] = changes[name];
      if (!isSame(before, changes[name])) this.changed(name);
    }
  }

  /** Starts the widget anew where it has read this option already. Changes in one task are taken together. */
  changed(name) {
    if (!this.#handle || name === "autofocus") return;
    if (!this.#changed) setTimeout(() => this.#startAnew());
    this.#changed = [...(this.#changed ?? []), name];
  }

  #startAnew() {
    const names = this.#changed.join(", ");
    this.#changed = undefined;
    if (!this.#handle) return;
    console.info(`${this.#kind.name}: changed ${names}: the widget starts anew`);
    this.end();
    this.start();
  }

  // What the program tells: see page_events.rs.
  #tell = (name, detail, more) => {
    if (name === "prepare") return prepare(this.#options, ...detail);
    if (name === "ready") this.#settle[0]();
    if (name === "step") this.transaction = Object.freeze({ ...detail, user: more });
    const leaves = more === true;
    if (leaves) detail.redirect = () => this.#handle?.redirect();
    const isHeld = dispatch(this.#element, name, detail, leaves);
    if (name === "success" && !leaves) callHost(this.#element, () => this.#options.onSuccess?.(detail));
    return isHeld;
  };
}

/** Puts a widget of this kind into `target`, an element or its selector, with the options of `config`. */
export function mountWidget(kind, target, config) {
  const element = typeof target === "string" ? document.querySelector(target) : target;
  if (!element) throw new Error(`${kind.name}: no element for mount: ${target}`);
  // Its own: `update` changes it.
  const options = { ...config };
  kind.connected?.(element, options);
  const widget = new Widget(element, kind, options, false);
  widget.start();
  return widget;
}

// A function is looked up when it is called, so that another one is no change. A framework makes an object anew each time
// it renders.
function isSame(one, other) {
  if (typeof (one ?? other) === "function") return true;
  return one && other && typeof one === "object" ? describe(one) === describe(other) : (one ?? null) === (other ?? null);
}

const describe = (value) => JSON.stringify(value, (_, inner) => (typeof inner === "function" ? "function" : inner));
