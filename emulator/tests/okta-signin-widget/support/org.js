// An org for the pages of the widget, and what its people do.
import { startOrg, TestOrg } from "../../support/org.js";

const USERS = `
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

export class Org extends TestOrg {
  static async start(page) {
    return new Org(await startOrg(page, USERS));
  }

  reset() {
    return this.emulator.reset();
  }

  /** The code of the latest message to this user, once there is one. */
  async sent(login) {
    return (await this.message(login)).code;
  }

  /** The latest message to this user, once there is one. */
  message(login) {
    return this.#once(`a message to ${login}`, async () => {
      return (await this.emulator.outbox()).findLast((message) => message.login === login);
    });
  }

  /** What this user's app or token shows; without a user, the spare token. */
  code(login, provider, factorType) {
    return this.#once(`a code of ${provider}`, async () => {
      const codes = await this.emulator.codes(login ?? undefined);
      const fits = (one) =>
        one.provider === provider && (!factorType || one.factorType === factorType) && (login || one.status === "SPARE");
      return codes.find(fits)?.code;
    });
  }

  /** The person with the phone, once the push is there. */
  phone(login, action, number) {
    return this.#once(`a push to ${login}`, async () => {
      const waiting = (await this.emulator.pushes()).some((push) => push.login === login);
      if (!waiting) return undefined;
      await this.emulator.push(login, action, number);
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
