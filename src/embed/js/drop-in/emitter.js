// Listeners by the name of the event, as the pages of okta-signin-widget add and remove them.
// Not here: which events there are and when.

import { callPage } from "./errors.js";

export class Emitter {
  #listeners = [];

  /** Adds a listener. */
  on(name, listener, context) {
    this.#listeners.push({ name, listener, context, once: false });
  }

  /** Adds a listener for the next event of that name. */
  once(name, listener, context) {
    this.#listeners.push({ name, listener, context, once: true });
  }

  /** Removes one listener, all of an event, or all. */
  off(name, listener) {
    const goes = (entry) => (!name || entry.name === name) && (!listener || entry.listener === listener);
    this.#listeners = this.#listeners.filter((entry) => !goes(entry));
  }

  /** Calls the listeners. One that throws is reported, and the others are called all the same. */
  emit(name, ...details) {
    for (const entry of this.#listeners.filter((entry) => entry.name === name)) {
      if (entry.once) this.#listeners = this.#listeners.filter((other) => other !== entry);
      callPage(`the listener for "${name}"`, () => entry.listener.apply(entry.context, details));
    }
  }
}
