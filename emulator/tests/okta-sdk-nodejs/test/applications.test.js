// Applications, authorization servers, sessions, the system log.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, Org } from "../support/org.js";
import { refused } from "../support/refused.js";

let org, client;
before(async () => {
  org = await Org.start();
  client = org.client;
});
after(() => org.stop());

const application = (label, uri) => ({
  name: "oidc_client",
  label,
  signOnMode: "OPENID_CONNECT",
  credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post" } },
  settings: {
    oauthClient: {
      application_type: "web",
      redirect_uris: [uri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  },
});

test("an application is created, read, replaced, switched off and deleted", async () => {
  const api = client.applicationApi;
  const made = await api.createApplication({ application: application("Orders", "http://localhost:8080/a") });
  const appId = made.id;
  assert.equal(made.status, "ACTIVE");
  assert.ok(made.credentials.oauthClient.client_secret);
  assert.equal((await api.getApplication({ appId })).label, "Orders");
  const replaced = await api.replaceApplication({ appId, application: application("Bills", "http://localhost:8080/b") });
  assert.deepEqual([replaced.label, replaced.settings.oauthClient.redirect_uris], ["Bills", ["http://localhost:8080/b"]]);
  await refused(api.deleteApplication({ appId }), 403, "E0000056");
  await api.deactivateApplication({ appId });
  assert.equal((await api.getApplication({ appId })).status, "INACTIVE");
  await api.activateApplication({ appId });
  await api.deactivateApplication({ appId });
  await api.deleteApplication({ appId });
  await refused(api.getApplication({ appId }), 404, "E0000007");
});

test("applications are listed page by page, and by the beginning of their label", async () => {
  const api = client.applicationApi;
  const one = await all(api.listApplications());
  const many = await all(api.listApplications({ limit: 1 }));
  assert.deepEqual(many.map((app) => app.id), one.map((app) => app.id));
  const found = await all(api.listApplications({ q: "Rain Cloud s" }));
  assert.deepEqual(found.map((app) => app.label), ["Rain Cloud server"]);
});

test("an authorization server is created, read, replaced and deleted", async () => {
  const api = client.authorizationServerApi;
  const wanted = { name: "Orders", description: "", audiences: ["api://orders"] };
  const made = await api.createAuthorizationServer({ authorizationServer: wanted });
  const authServerId = made.id;
  assert.deepEqual((await api.getAuthorizationServer({ authServerId })).audiences, ["api://orders"]);
  const authorizationServer = { ...wanted, name: "Bills" };
  assert.equal((await api.replaceAuthorizationServer({ authServerId, authorizationServer })).name, "Bills");
  await api.deactivateAuthorizationServer({ authServerId });
  await api.activateAuthorizationServer({ authServerId });
  const names = (await all(api.listAuthorizationServers())).map((one) => one.name);
  assert.ok(names.includes("default") && names.includes("Bills"), names.join());
  await api.deleteAuthorizationServer({ authServerId });
  await refused(api.getAuthorizationServer({ authServerId }), 404, "E0000007");
});

test("a session is created, read, refreshed and closed", async () => {
  const api = client.sessionApi;
  const { body } = await org.signIn("ada.byron", "Analytical1843");
  const made = await api.createSession({ createSessionRequest: { sessionToken: body.sessionToken } });
  const sessionId = made.id;
  assert.equal(made.status, "ACTIVE");
  assert.equal((await api.getSession({ sessionId })).login, "ada.byron@example.com");
  assert.equal((await api.refreshSession({ sessionId })).id, sessionId);
  await api.revokeSession({ sessionId });
  await refused(api.getSession({ sessionId }), 404, "E0000007");
  const spent = { createSessionRequest: { sessionToken: body.sessionToken } };
  await refused(api.createSession(spent), 401, "E0000004");
});

test("all sessions of a user are closed", async () => {
  const { body } = await org.signIn("ada.byron", "Analytical1843");
  const session = await client.sessionApi.createSession({ createSessionRequest: { sessionToken: body.sessionToken } });
  await client.userApi.revokeUserSessions({ userId: session.userId });
  await refused(client.sessionApi.getSession({ sessionId: session.id }), 404, "E0000007");
});

test("the system log is read by time, filter, words and page", async () => {
  const since = new Date(0).toISOString();
  const until = new Date(Date.now() + 60_000).toISOString();
  await org.signIn("emmy.noether", "wrong");
  await org.signIn("ada.byron", "Analytical1843");
  const log = (more) => all(client.systemLogApi.listLogEvents({ since, until, ...more }));
  const failures = await log({ filter: 'eventType eq "user.session.start" and outcome.result eq "FAILURE"' });
  assert.deepEqual(failures.map((event) => event.actor.alternateId), ["emmy.noether@example.com"]);
  assert.equal(failures[0].outcome.reason, "INVALID_CREDENTIALS");
  const everything = await log({});
  assert.deepEqual((await log({ limit: 1 })).map((event) => event.uuid), everything.map((event) => event.uuid));
  const latest = await log({ sortOrder: "DESCENDING" });
  assert.equal(latest[0].uuid, everything.at(-1).uuid);
  assert.ok((await log({ q: "emmy.noether" })).length > 0);
  await refused(log({ filter: "eventType" }), 400, "E0000031");
});
