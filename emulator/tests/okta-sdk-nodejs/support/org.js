// Starts the emulator for one test file, and the SDK's client for it. The environment variable EMULATOR names another
// binary.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import okta from "@okta/okta-sdk-nodejs";

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

export class Org {
  static async start() {
    const folder = mkdtempSync(join(tmpdir(), "okta-sdk-nodejs-"));
    const config = join(folder, "org.toml");
    writeFileSync(config, readFileSync(here("../../../sample-org.toml"), "utf8") + QUICK);
    const options = ["--port", "0", "--page-origin", "http://localhost:8080", "--control", "--config", config];
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
    // The SDK refuses HTTP unless its checks for production are off.
    this.client = new okta.Client({
      orgUrl: address,
      token: "emulator-api-token",
      testing: { disableHttpsCheck: true },
    });
  }

  stop() {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async post(path, body) {
    const answer = await fetch(`${this.address}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
  }

  /** Signs in as a page does. */
  signIn(username, password) {
    return this.post("/api/v1/authn", { username, password });
  }

  async codes(login) {
    return (await fetch(`${this.address}/control/codes?login=${login}`)).json();
  }

  async message(login) {
    const messages = await (await fetch(`${this.address}/control/outbox`)).json();
    return messages.findLast((message) => message.login === login);
  }
}

/** Everything that a list of the SDK has. */
export async function all(list) {
  const items = [];
  await (await list).each((item) => {
    items.push(item);
  });
  return items;
}
