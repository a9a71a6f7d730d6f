// The emulated org as the OpenID provider of `openid-client`, at the org's own authorization server and at a custom one:
// discovery, code with PKCE, ID token, refresh, user information, introspection, revocation, end of the session.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as oidc from "openid-client";
import { Browser } from "../support/browser.js";
import { CONFIDENTIAL, PUBLIC, authorize, sessionToken } from "../support/clients.js";
import { Org, PAGE } from "../support/org.js";

const SERVERS = ["", "/oauth2/default"];
const SCOPE = "openid profile email offline_access";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

const isChallenge = (error) => error instanceof oidc.WWWAuthenticateChallengeError && error.status === 401;

/** The configuration by discovery. ID tokens from the token endpoint are verified with the published keys too. */
async function discover(server, client, authentication) {
  const insecure = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
  return oidc.discovery(new URL(`${org.address}${server}`), client.id, undefined, authentication, { execute: insecure });
}

/** A code, and what its exchange is checked with. */
async function obtainCode(config, client, parameters) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: client.redirectUri,
    scope: SCOPE,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    prompt: "none",
    sessionToken: await sessionToken(org),
    ...parameters,
  });
  const browser = new Browser();
  const callback = await authorize(browser, url, client.redirectUri);
  return { browser, callback, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

async function signIn(config, client, parameters) {
  const { browser, callback, checks } = await obtainCode(config, client, parameters);
  const tokens = await oidc.authorizationCodeGrant(config, callback, { ...checks, idTokenExpected: true });
  return { browser, callback, checks, tokens };
}

for (const server of SERVERS) {
  test(`tokens are obtained, used, refreshed and revoked at ${server || "the org"}`, async () => {
    const config = await discover(server, PUBLIC, oidc.None());
    assert.equal(config.serverMetadata().issuer, `${org.address}${server}`);
    assert.ok(config.serverMetadata().supportsPKCE());
    const { tokens } = await signIn(config, PUBLIC);
    const claims = tokens.claims();
    assert.deepEqual([claims.aud, claims.name], [PUBLIC.id, "Ada Byron"]);
    const user = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.equal(user.email, "ada.byron@example.com");

    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    assert.equal(refreshed.claims().sub, claims.sub);
    assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
    const known = await oidc.tokenIntrospection(config, refreshed.access_token);
    assert.deepEqual([known.active, known.client_id, known.username], [true, PUBLIC.id, "ada.byron@example.com"]);
    await oidc.tokenRevocation(config, refreshed.access_token);
    assert.equal((await oidc.tokenIntrospection(config, refreshed.access_token)).active, false);
    const revoked = oidc.fetchUserInfo(config, refreshed.access_token, claims.sub);
    await assert.rejects(revoked, isChallenge);
  });
}

for (const [name, authentication] of [
  ["Basic", oidc.ClientSecretBasic],
  ["the body", oidc.ClientSecretPost],
]) {
  test(`a client with a secret sends it by ${name}`, async () => {
    const scope = "openid profile";
    const config = await discover("/oauth2/default", CONFIDENTIAL, authentication(CONFIDENTIAL.secret));
    const { tokens } = await signIn(config, CONFIDENTIAL, { scope });
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, true);
    const wrong = await discover("/oauth2/default", CONFIDENTIAL, authentication("wrong"));
    // 401 has a challenge, which the client reports instead of `invalid_client`.
    await assert.rejects(signIn(wrong, CONFIDENTIAL, { scope }), isChallenge);
  });
}

test("a code is exchanged once, and with its verifier only", async () => {
  const config = await discover("", PUBLIC, oidc.None());
  const { callback, checks, tokens } = await signIn(config, PUBLIC);
  const again = oidc.authorizationCodeGrant(config, callback, checks);
  await assert.rejects(again, (error) => error.error === "invalid_grant");
  assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);

  const stolen = await obtainCode(config, PUBLIC);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const exchanged = oidc.authorizationCodeGrant(config, stolen.callback, { ...stolen.checks, pkceCodeVerifier });
  await assert.rejects(exchanged, (error) => error.error === "invalid_grant");
});

test("an error is returned to the client by the redirect", async () => {
  const config = await discover("", PUBLIC, oidc.None());
  const { callback, checks } = await obtainCode(config, PUBLIC, { sessionToken: "wrong" });
  const exchanged = oidc.authorizationCodeGrant(config, callback, checks);
  await assert.rejects(
    exchanged,
    (error) => error instanceof oidc.AuthorizationResponseError && error.error === "login_required",
  );
});

test("a new signing key is found by its id", async () => {
  const config = await discover("", PUBLIC, oidc.None());
  await signIn(config, PUBLIC);
  await org.control("keys/rotate", {});
  // The client keeps keys for a minute at least.
  await signIn(await discover("", PUBLIC, oidc.None()), PUBLIC);
});

test("the end of the session is at the address of the discovery", async () => {
  const config = await discover("", PUBLIC, oidc.None());
  const { browser, tokens } = await signIn(config, PUBLIC);
  const session = () => browser.visit(`${org.address}/api/v1/sessions/me`);
  assert.equal((await session()).status, 200);
  const state = oidc.randomState();
  const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri: `${PAGE}/`, state };
  const answer = await browser.visit(oidc.buildEndSessionUrl(config, parameters));
  assert.equal(answer.headers.get("location"), `${PAGE}/?state=${state}`);
  assert.equal((await session()).status, 404);
});
