// Starts the emulator for one test file: a free port, the sample org with the cheapest password hashing.
// The environment variable EMULATOR names another binary.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// Tests replace it with a simulated browser.
const realFetch = globalThis.fetch;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BINARY = process.env.EMULATOR ?? here("../../../../target/debug/okta-emulator");
const QUICK = `
[hashing]
memory_kib = 8
iterations = 1
[limits]
sign_ins_per_second = 1000
calls_per_10_seconds = 1000
`;

/** The origin of the page that the browsers show. */
export const PAGE = "http://localhost:8080";

export class Org {
  static async start() {
    const folder = mkdtempSync(join(tmpdir(), "okta-auth-js-"));
    const config = join(folder, "org.toml");
    writeFileSync(config, readFileSync(here("../../../sample-org.toml"), "utf8") + QUICK);
    const options = ["--port", "0", "--page-origin", PAGE, "--control", "--config", config];
    const child = spawn(BINARY, options, { stdio: ["ignore", "pipe", "inherit"] });
    const failed = new Promise((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
    });
    failed.catch(() => {});
    const [line] = await Promise.race([
      new Promise((resolve) => createInterface(child.stdout).once("line", (line) => resolve([line]))),
      failed,
    ]);
    return new Org(child, folder, line.replace("emulator listening on ", ""));
  }

  constructor(child, folder, address) {
    Object.assign(this, { child, folder, address });
  }

  stop() {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async control(path, body) {
    const options = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await realFetch(`${this.address}/control/${path}`, options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  }

  /** Calls as a program with the org's API token does. */
  async asProgram(path, body) {
    const headers = { Authorization: "SSWS emulator-api-token", "Content-Type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    return (await realFetch(`${this.address}/api/v1/${path}`, options)).json();
  }

  /** Puts the clock forward. */
  advance(seconds) {
    return this.control("clock/advance", { seconds });
  }

  /** The latest message to this user. */
  async message(login) {
    return (await this.control("outbox")).findLast((message) => message.login === login);
  }

  /** What this user's app or token shows; without a user, the token in the drawer. */
  async code(login, provider, factorType) {
    const codes = await this.control(login ? `codes?login=${login}` : "codes");
    const fits = (one) =>
      one.provider === provider && (!factorType || one.factorType === factorType) && (login || one.status === "SPARE");
    return codes.find(fits);
  }

  /** The person with the phone. */
  phone(login, action, number) {
    return this.control("push", { login, action, number });
  }
}
