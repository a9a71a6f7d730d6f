// The life cycle of a custom element with a widget inside.
// Not here: what the widget is, and the attributes, which the program reads.

import { reportFailedStart } from "./failure.js";
import { loadCore } from "./loader.js";
import { addStyles } from "./styles.js";

/**
 * Defines the custom element `name`, once per page.
 * - `load()` resolves to the program; by default, when its first part is there.
 * - `open(core, element)` starts the widget and returns its handle.
 * - `connected(element)`, optional, runs when the element gets into the page, before anything is requested for it.
 * - `prepare(element)`, optional, runs next; the start waits for it.
 * - `failed(element, error, core)`, optional, runs after the start has failed; without `core` where the program could
 *   not be loaded.
 */
export function defineElement(name, { load = loadCore, open, connected, prepare, failed }) {
  if (customElements.get(name)) return;
  // No field for a property that a page sets: it would replace what the page has set before this script ran.
  class WidgetElement extends HTMLElement {
    #handle;
    #starting;

    connectedCallback() {
      connected?.(this);
      addStyles(this.nonce);
      this.start();
    }

    /** Starts the widget, unless it runs or is starting. After a failure it may be called again. */
    async start() {
      if (this.#handle || this.#starting) return;
      this.#starting = true;
      let core;
      try {
        await prepare?.(this);
        core = await load();
        if (this.isConnected) this.#handle = open(core, this);
      } catch (error) {
        console.error(error);
        failed?.(this, error, core);
        reportFailedStart(this, error, core);
      } finally {
        this.#starting = false;
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
