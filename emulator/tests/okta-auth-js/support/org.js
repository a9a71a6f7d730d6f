// An org for one test file, and what its people and programs do.
import { startOrg, TestOrg } from "../../support/org.js";

// Tests replace it with a simulated browser.
const realFetch = globalThis.fetch;

/** The origin of the page that the browsers show. */
export const PAGE = "http://localhost:8080";

export class Org extends TestOrg {
  static async start() {
    return new Org(await startOrg(PAGE));
  }

  /** Calls as a program with the org's API token does. */
  async asProgram(path, body) {
    const headers = { Authorization: "SSWS emulator-api-token", "Content-Type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    return (await realFetch(`${this.address}/api/v1/${path}`, options)).json();
  }

  /** The latest message to this user. */
  async message(login) {
    return (await this.emulator.outbox()).findLast((message) => message.login === login);
  }

  /** What this user's app or token shows; without a user, the token in the drawer. */
  async code(login, provider, factorType) {
    const codes = await this.emulator.codes(login ?? undefined);
    const fits = (one) =>
      one.provider === provider && (!factorType || one.factorType === factorType) && (login || one.status === "SPARE");
    return codes.find(fits);
  }

  /** The person with the phone. */
  phone(login, action, number) {
    return this.emulator.push(login, action, number);
  }
}
