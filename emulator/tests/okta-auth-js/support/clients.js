// The clients of the sample org, and the browser's part of an authorization request.
import assert from "node:assert/strict";
import { PAGE } from "./org.js";

/** The client without a secret, for pages. */
export const PUBLIC = { id: "0oasamplebrowserapp0", redirectUri: `${PAGE}/login/callback` };

/** The client with a secret, for a server. */
export const CONFIDENTIAL = {
  id: "0oasamplewebserver00",
  secret: "emulator-client-secret",
  redirectUri: `${PAGE}/authorization-code/callback`,
};

/** Goes to the authorization endpoint. Returns where the browser is sent, which is this redirect URI. */
export async function authorize(browser, url, redirectUri) {
  const answer = await browser.visit(url);
  const location = answer.headers.get("location");
  assert.equal(answer.status, 302, await answer.text());
  assert.ok(location.startsWith(`${redirectUri}?`), location);
  return new URL(location);
}

/** A session token, which is spent in the address of the authorization endpoint. */
export async function sessionToken(org, username = "ada.byron", password = "Analytical1843") {
  const answer = await fetch(`${org.address}/api/v1/authn`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const { sessionToken } = await answer.json();
  assert.ok(sessionToken, `the sign-in of ${username} ended with ${answer.status}`);
  return sessionToken;
}
