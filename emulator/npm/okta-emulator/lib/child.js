// The program as a child process: started, waited for until it listens, and stopped. It reads its standard input, which
// ends with this process however that ends, and stops then. Not here: what is asked of it while it runs (`call.js`).

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

import { argumentsOf } from "./arguments.js";
import { configurationFile } from "./configuration.js";
import { program } from "./program.js";

const READY = /^emulator listening on (\S+)/;
const AUTHORITY = /^certificate authority: (.+)$/;

/** How long a stop may take before the process is killed: longer than the program waits for running requests. */
const STOP_WITHIN = 10_000;

/** Starts the program; its message is the error where it ends before it listens. */
export async function launch(options) {
  const configuration = await configurationFile(options.config);
  try {
    const child = new Child(program(), argumentsOf(options, configuration.path));
    await child.ready();
    return child;
  } finally {
    await configuration.remove();
  }
}

class Child {
  #process;
  #ended;
  #closing;
  /** How it ended, once it has. */
  #end;
  #said = "";
  url;
  authority;

  constructor(path, args) {
    this.#process = spawn(path, args, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const { stdin, stderr } = this.#process;
    stderr.setEncoding("utf8").on("data", (text) => this.#hear(text));
    // Writing nothing, it only hears that the program is gone.
    stdin.on("error", () => {});
    this.#ended = new Promise((resolve) => {
      this.#process.on("error", (error) => resolve(`could not be started: ${error.message}`));
      this.#process.on("close", (code, signal) => resolve(`ended (${signal ?? `exit code ${code}`})`));
    }).then((how) => (this.#end = how));
  }

  #hear(text) {
    if (this.url === undefined) this.#said += text;
    else process.stderr.write(text);
  }

  /** Waits for the line that says where it listens. */
  async ready() {
    const lines = createInterface({ input: this.#process.stdout });
    const listening = new Promise((resolve) => {
      lines.on("line", (line) => {
        const authority = AUTHORITY.exec(line);
        if (authority) this.authority = readFileSync(authority[1], "utf8");
        const ready = READY.exec(line);
        if (ready) resolve(ready[1]);
      });
    });
    const url = await Promise.race([listening, this.#ended.then(() => undefined)]);
    if (url === undefined) throw new Error(this.#said.trim() || `okta-emulator ${this.#end}.`);
    this.url = url;
    process.stderr.write(this.#said);
    this.#referenced(false);
  }

  // A test that forgets `close` ends all the same, and the program with it.
  #referenced(is) {
    const { stdin, stdout, stderr } = this.#process;
    for (const one of [this.#process, stdin, stdout, stderr]) is ? one.ref() : one.unref();
  }

  /** An error if it is not running. */
  mustRun(cause) {
    if (this.#closing) throw new Error("This org was closed. Start another one.", { cause });
    if (this.#end) throw new Error(`okta-emulator ${this.#end}. Start another one.`, { cause });
  }

  /** Gives the end of the process, if it has come, the time to be known. */
  settled() {
    return Promise.race([this.#ended, wait(200)]);
  }

  /** Stops it; a second call waits for the same end. */
  close() {
    this.#closing ??= this.#stop();
    return this.#closing;
  }

  async #stop() {
    if (this.#end) return;
    this.#referenced(true);
    this.#process.stdin.end();
    const overdue = new AbortController();
    wait(STOP_WITHIN, undefined, { signal: overdue.signal }).then(
      () => this.#process.kill("SIGKILL"),
      () => {},
    );
    await this.#ended;
    overdue.abort();
  }
}
