// Starts the emulator for pages of this origin. The environment variable EMULATOR names another binary.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BINARY = process.env.EMULATOR ?? here("../../../../target/debug/okta-emulator");
const QUICK = `
[hashing]
memory_kib = 8
iterations = 1
[limits]
sign_ins_per_second = 1000
calls_per_10_seconds = 1000
# Without Duo, which the widget begins again when it is the first factor and another one is chosen.
[[users]]
login = "dana.scott@example.com"
password = "Domains1969"
first_name = "Dana"
last_name = "Scott"
[[users.factors]]
kind = "okta_password"
[[users.factors]]
kind = "generic_saml"
vendor = "Corporate SAML"
[[users.factors]]
kind = "generic_oidc"
vendor = "Corporate OIDC"
[[users.factors]]
kind = "claims_provider"
vendor = "Corporate claims"
`;

export class Org {
  static async start(page) {
    const folder = mkdtempSync(join(tmpdir(), "okta-signin-widget-"));
    const config = join(folder, "org.toml");
    writeFileSync(config, readFileSync(here("../../../sample-org.toml"), "utf8") + QUICK);
    const options = ["--port", "0", "--page-origin", page, "--control", "--config", config];
    const child = spawn(BINARY, options, { stdio: ["ignore", "pipe", "inherit"] });
    const address = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
      createInterface(child.stdout).once("line", (line) => resolve(line.replace("emulator listening on ", "")));
    });
    return new Org(child, folder, address);
  }

  constructor(child, folder, address) {
    Object.assign(this, { child, folder, address });
  }

  stop() {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async control(path, body) {
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.address}/control/${path}`, body && post);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  }

  reset() {
    return this.control("reset", {});
  }

  advance(seconds) {
    return this.control("clock/advance", { seconds });
  }

  /** The code of the latest message to this user, once there is one. */
  async sent(login) {
    return (await this.message(login)).code;
  }

  /** The latest message to this user, once there is one. */
  message(login) {
    return this.#once(`a message to ${login}`, async () => {
      const messages = await this.control("outbox");
      return messages.findLast((message) => message.login === login);
    });
  }

  /** What this user's app or token shows; without a user, the spare token. */
  code(login, provider, factorType) {
    return this.#once(`a code of ${provider}`, async () => {
      const codes = await this.control(login ? `codes?login=${login}` : "codes");
      const fits = (one) =>
        one.provider === provider && (!factorType || one.factorType === factorType) && (login || one.status === "SPARE");
      return codes.find(fits)?.code;
    });
  }

  /** The person with the phone, once the push is there. */
  phone(login, action, number) {
    return this.#once(`a push to ${login}`, async () => {
      const waiting = (await this.control("push")).some((push) => push.login === login);
      if (!waiting) return undefined;
      await this.control("push", { login, action, ...(number && { number }) });
      return true;
    });
  }

  /** Waits until this holds at the org. */
  until(what, holds) {
    return this.#once(what, async () => (await holds()) || undefined);
  }

  async #once(what, find) {
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      const found = await find();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${what} did not come`);
  }
}
