// The life cycle of a custom element with a widget inside.
// Not here: what the widget is, and the attributes, which the program reads.

import { loadCore } from "./loader.js";
import { addStyles } from "./styles.js";

/**
 * Defines the custom element `name`, once per page.
 * - `open(core, element)` starts the widget and returns its handle.
 * - `prepare(element)`, optional, runs first; the start waits for it.
 * - `failed(element)`, optional, runs after the start has failed.
 */
export function defineElement(name, { open, prepare, failed }) {
  if (customElements.get(name)) return;
  // No field for a property that a page sets: it would replace what the page has set before this script ran.
  class WidgetElement extends HTMLElement {
    #handle;

    connectedCallback() {
      addStyles();
      this.start();
    }

    /** Starts the widget unless it runs. After a failure it may be called again. */
    async start() {
      try {
        await prepare?.(this);
        const core = await loadCore();
        if (!this.isConnected || this.#handle) return;
        this.#handle = open(core, this);
      } catch (error) {
        failed?.(this);
        console.error(error);
      }
    }

    disconnectedCallback() {
      // A page that moves an element may remove and insert it in two steps. Only a removal ends the widget.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.#handle?.unmount();
        this.#handle = undefined;
      });
    }
  }
  customElements.define(name, WidgetElement);
}
