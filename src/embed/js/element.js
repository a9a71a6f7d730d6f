// A custom element with a widget inside: its attributes, its properties, and its place in the page.
// Not here: the widget (widget.js); what the options mean, which the program knows.

import { createWidget } from "./widget.js";

/** The events that React names with a capital: it takes `onSuccess` for a listener of `Success`. */
const eventName = (name) => (/^(Ready|Step|Success)$/.test(name) ? name.toLowerCase() : name);

const property = (attribute) => attribute.replace(/-./g, ([, letter]) => letter.toUpperCase());

/**
 * Defines the custom element `kind.name`, once per page; without a page, nothing. Besides what `createWidget` takes, `kind` has:
 * - `options`: the names of the attributes, separated by blanks; each is a property too.
 * - `properties`, optional: the names of what is a property alone.
 * - `connected(element)`, optional, runs when the element gets into the page, before anything is requested for it.
 */
export function defineElement(kind) {
  const { name, options, properties = [], connected } = kind;
  const registry = globalThis.customElements;
  if (!registry || registry.get(name)) return;
  const attributes = new Map(options.split(" ").map((attribute) => [property(attribute), attribute]));
  const names = [...attributes.keys(), ...properties];

  class WidgetElement extends HTMLElement {
    // An attribute that a framework has named like the property is in lower case.
    static observedAttributes = [...attributes].flatMap(([name, attribute]) => [attribute, name.toLowerCase()]);
    #options = {};
    #widget = createWidget(this, kind, this.#options, true);

    static {
      for (const name of names) {
        Object.defineProperty(this.prototype, name, {
          configurable: true,
          enumerable: true,
          get() {
            return this.#options[name] ?? this.getAttribute(attributes.get(name) ?? name);
          },
          set(value) {
            this.#widget.update({ [name]: value });
          },
        });
      }
    }

    constructor() {
      super();
      // What the page has set before this script ran would hide the property.
      for (const name of names) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    connectedCallback() {
      connected?.(this);
      this.start();
    }

    disconnectedCallback() {
      // A page that moves an element may remove and insert it in two steps. Only a removal ends the widget.
      queueMicrotask(() => {
        if (!this.isConnected) this.#widget.end();
      });
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after) this.#widget.changed(name);
    }

    /** Starts the widget, unless it runs or is starting. After a failure it may be called again. */
    start() {
      return this.#widget.start();
    }

    /** Ends the sign-in, as the person could. */
    cancel() {
      this.#widget.cancel();
    }

    /** Where the sign-in stands: `{status, step, user}`; `null` where no widget runs. */
    get transaction() {
      return this.#widget.transaction;
    }

    addEventListener(name, ...others) {
      super.addEventListener(eventName(name), ...others);
    }

    removeEventListener(name, ...others) {
      super.removeEventListener(eventName(name), ...others);
    }
  }
  registry.define(name, WidgetElement);
}
