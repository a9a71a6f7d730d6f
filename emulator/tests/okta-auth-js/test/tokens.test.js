// Tokens for a page: the calls of `client.token` that Node can run. getWithoutPrompt, getWithPopup and getWithRedirect
// need a document; their request is built by the same parameters here, and its code is exchanged by the client.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OktaAuth } from "@okta/okta-auth-js";
import { Browser } from "../support/browser.js";
import { PUBLIC, authorize } from "../support/clients.js";
import { Org } from "../support/org.js";

const SERVERS = ["", "/oauth2/default"];

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

/** The address that getWithoutPrompt loads, with the code in the query. */
function authorizeUrl(metadata, parameters) {
  const url = new URL(metadata.authorization_endpoint);
  const query = {
    client_id: parameters.clientId,
    redirect_uri: parameters.redirectUri,
    response_type: parameters.responseType,
    scope: parameters.scopes.join(" "),
    state: parameters.state,
    nonce: parameters.nonce,
    code_challenge: parameters.codeChallenge,
    code_challenge_method: parameters.codeChallengeMethod,
    prompt: "none",
    sessionToken: parameters.sessionToken,
  };
  url.search = new URLSearchParams(query);
  return url;
}

/** A page that has signed in and has its tokens. */
async function obtain(server) {
  const browser = new Browser().use();
  const client = new OktaAuth({
    issuer: `${org.address}${server}`,
    clientId: PUBLIC.id,
    redirectUri: PUBLIC.redirectUri,
    scopes: ["openid", "profile", "email", "offline_access"],
  });
  const { sessionToken } = await client.signInWithCredentials({ username: "ada.byron", password: "Analytical1843" });
  const parameters = await client.token.prepareTokenParams({ sessionToken });
  const callback = await authorize(browser, authorizeUrl(await wellKnown(server), parameters), PUBLIC.redirectUri);
  assert.equal(callback.searchParams.get("state"), parameters.state);
  const authorizationCode = callback.searchParams.get("code");
  const { tokens } = await client.token.exchangeCodeForTokens({ ...parameters, authorizationCode });
  return { browser, client, parameters, tokens };
}

async function wellKnown(server) {
  return (await fetch(`${org.address}${server}/.well-known/openid-configuration`)).json();
}

for (const server of SERVERS) {
  test(`a page gets, verifies, uses, renews and revokes tokens at ${server || "the org"}`, async () => {
    const { client, parameters, tokens } = await obtain(server);
    const { accessToken, idToken, refreshToken } = tokens;
    assert.equal(idToken.claims.nonce, parameters.nonce);
    assert.ok(client.features.isTokenVerifySupported(), "signatures are verified");
    const { nonce } = parameters;
    await client.token.verify(idToken, { nonce, accessToken: accessToken.accessToken });
    const user = await client.token.getUserInfo(accessToken, idToken);
    assert.deepEqual([user.sub, user.name], [idToken.claims.sub, "Ada Byron"]);

    const renewed = await client.token.renewTokensWithRefresh({ scopes: accessToken.scopes }, refreshToken);
    assert.notEqual(renewed.accessToken.accessToken, accessToken.accessToken);
    assert.notEqual(renewed.refreshToken.refreshToken, refreshToken.refreshToken);
    const active = async (kind) => (await client.token.introspect(kind, renewed[kind])).active;
    assert.equal(await active("accessToken"), true);
    await client.revokeAccessToken(renewed.accessToken);
    assert.equal(await active("accessToken"), false);
    await client.revokeRefreshToken(renewed.refreshToken);
    assert.equal(await active("refreshToken"), false);
    await assert.rejects(client.token.getUserInfo(renewed.accessToken, renewed.idToken), (error) => {
      return error.errorCode === "invalid_token" || error.xhr?.status === 401;
    });
  });
}

test("an ID token that was changed, or is of another request, is refused by the client", async () => {
  const { client, tokens } = await obtain("");
  const { idToken } = tokens;
  await assert.rejects(client.token.verify(idToken, { nonce: "another" }), /nonce/i);
  const [header, payload, signature] = idToken.idToken.split(".");
  const first = signature.startsWith("A") ? "B" : "A";
  const forged = { ...idToken, idToken: `${header}.${payload}.${first}${signature.slice(1)}` };
  await assert.rejects(client.token.verify(forged, { nonce: idToken.claims.nonce }), /signature is not valid/);
});

test("a code with the verifier of another request is refused", async () => {
  const { browser, client } = await obtain("");
  const parameters = await client.token.prepareTokenParams({});
  const url = authorizeUrl(await wellKnown(""), parameters);
  url.searchParams.delete("sessionToken");
  const callback = await authorize(browser, url, PUBLIC.redirectUri);
  const { codeVerifier } = await client.token.prepareTokenParams({});
  const authorizationCode = callback.searchParams.get("code");
  const exchanged = client.token.exchangeCodeForTokens({ ...parameters, codeVerifier, authorizationCode });
  await assert.rejects(exchanged, (error) => error.errorCode === "invalid_grant");
});
