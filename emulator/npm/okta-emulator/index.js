// Starts orgs from Node.js, and drives what the people of a test would do: clock, messages, codes, phone. Types and
// descriptions are in `index.d.ts`. Not here: how the program runs (`lib/child.js`) and is called (`lib/call.js`).

import { call } from "./lib/call.js";
import { launch } from "./lib/child.js";

export { program } from "./lib/program.js";

export async function start(options = {}) {
  return new Org(await launch(options));
}

class Org {
  #child;

  constructor(child) {
    this.#child = child;
    this.url = child.url;
    this.authority = child.authority;
    const advance = (seconds) => this.control("POST", "clock/advance", { seconds });
    this.clock = {
      now: async () => new Date((await this.control("GET", "clock")).now),
      advance: async (seconds) => new Date((await advance(seconds)).now),
    };
  }

  users() {
    return this.control("GET", "users");
  }

  changeUser(login, change) {
    return this.control("POST", "users", { ...change, login });
  }

  codes(login) {
    return this.control("GET", login === undefined ? "codes" : `codes?login=${encodeURIComponent(login)}`);
  }

  outbox() {
    return this.control("GET", "outbox");
  }

  requests() {
    return this.control("GET", "requests");
  }

  pushes() {
    return this.control("GET", "push");
  }

  push(login, action, number) {
    return this.control("POST", "push", { login, action, number });
  }

  transaction(wanted) {
    return this.control("POST", "transactions", wanted);
  }

  async faults(...planned) {
    for (const { times = 1, ...fault } of planned) await this.control("POST", "faults", { times, ...fault });
  }

  clearFaults() {
    return this.control("DELETE", "faults");
  }

  reset() {
    return this.control("POST", "reset");
  }

  async control(method, path, body) {
    this.#child.mustRun();
    try {
      return await call(this.#child, method, `/control/${path}`, body);
    } catch (error) {
      // A connection breaks a moment before the end of a process is known.
      if (error.code !== undefined) await this.#child.settled();
      this.#child.mustRun(error);
      throw error;
    }
  }

  close() {
    return this.#child.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}
