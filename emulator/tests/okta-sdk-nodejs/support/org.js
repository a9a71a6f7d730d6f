// An org for one test file, and the SDK's client for it.
import okta from "@okta/okta-sdk-nodejs";

import { startOrg, TestOrg } from "../../support/org.js";

export class Org extends TestOrg {
  static async start() {
    return new Org(await startOrg("http://localhost:8080"));
  }

  constructor(emulator) {
    super(emulator);
    // The SDK refuses HTTP unless its checks for production are off.
    this.client = new okta.Client({
      orgUrl: this.address,
      token: "emulator-api-token",
      testing: { disableHttpsCheck: true },
    });
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

  codes(login) {
    return this.emulator.codes(login);
  }

  async message(login) {
    return (await this.emulator.outbox()).findLast((message) => message.login === login);
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
