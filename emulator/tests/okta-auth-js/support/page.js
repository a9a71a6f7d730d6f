// A page with the client, and assertions on its transactions.
import assert from "node:assert/strict";
import { OktaAuth } from "@okta/okta-auth-js";
import { Browser } from "./browser.js";

/** A page in a new browser. */
export function open(org) {
  const browser = new Browser().use();
  const client = new OktaAuth({ issuer: `${org.address}/oauth2/default` });
  return { browser, client };
}

/** Signs in on a new page. */
export async function signIn(org, username, password, options) {
  const { browser, client } = open(org);
  const transaction = await client.signInWithCredentials({ username, password, ...options });
  return { browser, client, transaction };
}

/** The factor of this type, and of this provider where there are several. */
export function factor(transaction, factorType, provider) {
  const found = transaction.factors.find((one) => one.factorType === factorType && (!provider || one.provider === provider));
  assert.ok(found, `${factorType} ${provider ?? ""} is not among the factors`);
  return found;
}

/** The call is refused with this code. */
export async function refused(call, errorCode) {
  const error = await call.then(
    (transaction) => assert.fail(`was not refused: ${transaction.status}`),
    (error) => error,
  );
  assert.equal(error.errorCode, errorCode, error.stack);
  assert.equal(error.name, "AuthApiError");
  return error;
}
