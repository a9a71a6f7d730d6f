// Each call that vercel-labs/emulate documents for its Okta service, in the order of its page, with what Okta answers.
// Where this org answers otherwise than emulate, the test says what and why.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, test } from "node:test";

import { startOrg } from "../../support/org.js";

const PAGE = "http://localhost:8080";
let emulator, org;
before(async () => {
  emulator = await startOrg(PAGE);
  org = emulator.url;
});
after(() => emulator?.close());

/** Calls with the API token. Returns the body, after this status. */
async function call(method, path, status, body) {
  const headers = { Authorization: "SSWS emulator-api-token", "Content-Type": "application/json" };
  const answer = await fetch(`${org}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.equal(answer.status, status, `${method} ${path}: ${text}`);
  return text && JSON.parse(text);
}

/** A form, as a client of OpenID Connect sends it. */
async function form(path, fields) {
  const answer = await fetch(`${org}${path}`, { method: "POST", body: new URLSearchParams(fields) });
  const text = await answer.text();
  return { status: answer.status, body: text && JSON.parse(text) };
}

const WEB = { client_id: "0oasamplewebserver00", client_secret: "emulator-client-secret" };
const CALLBACK = `${PAGE}/authorization-code/callback`;

async function sessionToken() {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ username: "ada.byron", password: "Analytical1843" });
  return (await (await fetch(`${org}/api/v1/authn`, { method: "POST", headers, body })).json()).sessionToken;
}

/** Signs in at this server, and exchanges the code. */
async function tokens(server, more = {}) {
  const asked = new URLSearchParams({
    client_id: WEB.client_id,
    redirect_uri: CALLBACK,
    response_type: "code",
    scope: "openid profile",
    state: "s",
    nonce: "n",
    sessionToken: await sessionToken(),
    ...more.authorize,
  });
  const answer = await fetch(`${org}${server}/v1/authorize?${asked}`, { redirect: "manual" });
  const code = new URL(answer.headers.get("location")).searchParams.get("code");
  const exchange = { grant_type: "authorization_code", code, redirect_uri: CALLBACK, ...WEB, ...more.token };
  return form(`${server}/v1/token`, exchange);
}

for (const server of ["/oauth2", "/oauth2/default"]) {
  test(`${server}: discovery, keys, code, user information, introspection, revocation`, async () => {
    const base = server === "/oauth2" ? "" : server;
    const metadata = await (await fetch(`${org}${base}/.well-known/openid-configuration`)).json();
    assert.equal(metadata.token_endpoint, `${org}${server}/v1/token`);
    assert.ok((await (await fetch(metadata.jwks_uri)).json()).keys.length > 0);
    const { status, body } = await tokens(server);
    assert.equal(status, 200, JSON.stringify(body));
    const headers = { Authorization: `Bearer ${body.access_token}` };
    const person = await (await fetch(metadata.userinfo_endpoint, { headers })).json();
    assert.equal(person.preferred_username, "ada.byron@example.com");
    assert.equal((await fetch(metadata.userinfo_endpoint)).status, 401);
    const token = { token: body.access_token, ...WEB };
    assert.equal((await form(`${server}/v1/introspect`, token)).body.active, true);
    assert.equal((await form(`${server}/v1/revoke`, token)).status, 200);
    assert.equal((await form(`${server}/v1/introspect`, token)).body.active, false);
    assert.equal((await form(`${server}/v1/revoke`, { ...token, token: "unknown" })).status, 200);
  });
}

test("PKCE with S256: the right verifier, and a wrong one", async () => {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const authorize = { code_challenge: challenge, code_challenge_method: "S256" };
  assert.equal((await tokens("/oauth2", { authorize, token: { code_verifier: verifier } })).status, 200);
  const wrong = await tokens("/oauth2", { authorize, token: { code_verifier: randomBytes(32).toString("base64url") } });
  assert.deepEqual([wrong.status, wrong.body.error], [400, "invalid_grant"]);
});

test("client credentials, a wrong secret, an unknown grant type", async () => {
  const job = { client_id: "0oasampleservice0000", client_secret: "emulator-client-secret" };
  const grant = { grant_type: "client_credentials", scope: "orders:read", ...job };
  const { status, body } = await form("/oauth2/default/v1/token", grant);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.refresh_token, body.id_token], [undefined, undefined]);
  assert.equal((await form("/oauth2/default/v1/token", { ...grant, client_secret: "wrong" })).status, 401);
  const unknown = await form("/oauth2/v1/token", { grant_type: "magic", ...WEB });
  assert.equal(unknown.body.error, "unsupported_grant_type");
});

test("an unknown client and an unknown server are refused", async () => {
  const asked = new URLSearchParams({ client_id: "nobody", redirect_uri: CALLBACK, response_type: "code", scope: "openid" });
  assert.equal((await fetch(`${org}/oauth2/v1/authorize?${asked}`, { redirect: "manual" })).status, 400);
  assert.equal((await fetch(`${org}/oauth2/nothing/.well-known/openid-configuration`)).status, 404);
});

const profile = { firstName: "Grete", lastName: "Hermann", email: "grete@example.com", login: "grete@example.com" };

test("users: created, read, replaced, changed, through the states, deleted in two steps", async () => {
  const made = await call("POST", "users?activate=false", 200, { profile });
  assert.equal(made.status, "STAGED");
  const path = `users/${made.id}`;
  assert.equal((await call("GET", `users/${profile.login}`, 200)).id, made.id);
  assert.ok((await call("GET", "users?limit=200", 200)).some((user) => user.id === made.id));
  assert.equal((await call("GET", "users?q=Grete", 200))[0].id, made.id);
  assert.equal((await call("POST", path, 200, { profile: { nickName: "G" } })).profile.nickName, "G");
  assert.equal((await call("PUT", path, 200, { profile })).profile.nickName, undefined);
  assert.ok((await call("GET", `${path}/groups`, 200)).length > 0);
  await call("POST", `${path}/lifecycle/activate?sendEmail=false`, 200);
  await call("POST", `${path}/lifecycle/reactivate?sendEmail=false`, 200);
  // emulate makes an account without a password ACTIVE; in Okta it is PROVISIONED, and can't be suspended.
  assert.equal((await call("GET", path, 200)).status, "PROVISIONED");
  await call("POST", path, 200, { credentials: { password: { value: "Foundations1935" } } });
  await call("POST", `${path}/lifecycle/suspend`, 200);
  await call("POST", `${path}/lifecycle/unsuspend`, 200);
  await call("POST", `${path}/lifecycle/deactivate`, 200);
  assert.equal((await call("GET", path, 200)).status, "DEPROVISIONED");
  await call("DELETE", path, 204);
  await call("GET", path, 404);
});

test("users/me is the user of the session, not of the token", async () => {
  assert.equal((await fetch(`${org}/api/v1/users/me`)).status, 403);
});

test("lists have a Link header to the next page", async () => {
  const headers = { Authorization: "SSWS emulator-api-token" };
  const answer = await fetch(`${org}/api/v1/users?limit=1`, { headers });
  assert.match(answer.headers.get("link"), /rel="next"/);
});

test("groups: created, read, changed, with members, deleted", async () => {
  const made = await call("POST", "groups", 200, { profile: { name: "Physicists" } });
  const path = `groups/${made.id}`;
  assert.ok((await call("GET", "groups", 200)).some((group) => group.id === made.id));
  assert.equal((await call("PUT", path, 200, { profile: { name: "Logicians" } })).profile.name, "Logicians");
  await call("PUT", `${path}/users/ada.byron`, 204);
  assert.equal((await call("GET", `${path}/users`, 200)).length, 1);
  await call("DELETE", `${path}/users/ada.byron`, 204);
  assert.equal((await call("GET", `${path}/users`, 200)).length, 0);
  await call("DELETE", path, 204);
  await call("GET", path, 404);
});

test("apps: created, read, replaced, switched off, deleted", async () => {
  const app = (label) => ({
    name: "oidc_client",
    label,
    signOnMode: "OPENID_CONNECT",
    settings: { oauthClient: { application_type: "web", redirect_uris: [CALLBACK], grant_types: ["authorization_code"] } },
  });
  const made = await call("POST", "apps", 200, app("Orders"));
  const path = `apps/${made.id}`;
  assert.ok((await call("GET", "apps", 200)).some((one) => one.id === made.id));
  assert.equal((await call("PUT", path, 200, app("Bills"))).label, "Bills");
  await call("DELETE", path, 403);
  await call("POST", `${path}/lifecycle/deactivate`, 200);
  assert.equal((await call("GET", path, 200)).status, "INACTIVE");
  await call("POST", `${path}/lifecycle/activate`, 200);
  await call("POST", `${path}/lifecycle/deactivate`, 200);
  await call("DELETE", path, 204);
});

test("apps have no assigned users: everybody may sign in to every app here", async () => {
  await call("GET", "apps/0oasamplewebserver00/users", 404);
});

test("authorization servers: created, read, replaced, switched off, deleted", async () => {
  const made = await call("POST", "authorizationServers", 200, { name: "Orders", audiences: ["api://orders"] });
  const path = `authorizationServers/${made.id}`;
  assert.ok((await call("GET", "authorizationServers", 200)).some((one) => one.id === made.id));
  const replaced = await call("PUT", path, 200, { name: "Bills", audiences: ["api://bills"] });
  assert.deepEqual(replaced.audiences, ["api://bills"]);
  await call("POST", `${path}/lifecycle/deactivate`, 200);
  assert.equal((await call("GET", path, 200)).status, "INACTIVE");
  await call("POST", `${path}/lifecycle/activate`, 200);
  await call("DELETE", path, 204);
  await call("GET", path, 404);
});

test("an unknown API token is refused", async () => {
  const answer = await fetch(`${org}/api/v1/users`, { headers: { Authorization: "SSWS wrong" } });
  assert.equal(answer.status, 401);
});
