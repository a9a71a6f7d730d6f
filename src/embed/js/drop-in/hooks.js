// The functions that a page adds with `before`, `after` and the option `hooks`: they run around a step, by the name
// that `afterRender` has for it, or before the result of a sign-in.
// Not here: when a step is shown.

import { warn } from "../warn.js";
import { callPage, withLimit } from "./errors.js";

/** The name of the hook that runs before the result. */
export const SUCCESS = "success-redirect";

// How long the page's code may take, in milliseconds.
const LIMIT = 10_000;

export class Hooks {
  #before = [];
  #after = new Map();

  /** Adds what the option `hooks` has. */
  addAll(hooks = {}) {
    for (const [name, { before = [], after = [] }] of Object.entries(hooks)) {
      for (const hook of before) this.before(name, hook);
      for (const hook of after) this.after(name, hook);
    }
  }

  /** Adds a function that the result waits for. No step waits. */
  before(name, hook) {
    if (name === SUCCESS) this.#before.push(hook);
    else warn(`before("${name}") has no effect: no step waits for a page; use after, or on("afterRender")`);
  }

  /** Adds a function for a step. */
  after(name, hook) {
    if (!this.#after.has(name)) this.#after.set(name, []);
    this.#after.get(name).push(hook);
  }

  /** Runs those before the result, one after the other. */
  async runBefore() {
    for (const hook of this.#before) {
      const what = `before("${SUCCESS}")`;
      await withLimit(what, callPage(what, hook), LIMIT);
    }
  }

  /** Runs those after a step. */
  runAfter(name) {
    for (const hook of this.#after.get(name) ?? []) callPage(`after("${name}")`, hook);
  }
}
