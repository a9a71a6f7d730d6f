// The session after a sign-in: setCookieAndRedirect, exists, get, refresh, user, close; and
// webfinger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Org, PAGE } from "../support/org.js";
import { open, signIn } from "../support/page.js";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

/** Where the client sends the top window. */
function leave(client, sessionToken, redirectUrl) {
  let target = null;
  globalThis.window = { location: { href: `${PAGE}/signed-in`, assign: (url) => (target = url) } };
  try {
    client.session.setCookieAndRedirect(sessionToken, redirectUrl);
  } finally {
    delete globalThis.window;
  }
  return target;
}

test("a session token is exchanged for a session once", async () => {
  const { browser, client, transaction } = await signIn(org, "ada.byron", "Analytical1843");
  assert.equal(await client.session.exists(), false);
  assert.deepEqual(await client.session.get(), { status: "INACTIVE" });
  const target = leave(client, transaction.sessionToken, undefined);
  const redirect = await browser.visit(target);
  assert.equal(redirect.status, 302);
  assert.equal(redirect.headers.get("location"), `${PAGE}/signed-in`);
  assert.equal(await client.session.exists(), true);
  browser.cookies.delete("sid");
  assert.equal((await browser.visit(target)).status, 403);
});

test("redirects go to trusted origins only", async () => {
  const { browser, client, transaction } = await signIn(org, "ada.byron", "Analytical1843");
  const target = leave(client, transaction.sessionToken, "http://evil.example/");
  const answer = await browser.visit(target);
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get("location"), null);
});

test("a session is read, refreshed and closed", async () => {
  const { browser, client, transaction } = await signIn(org, "ada.byron", "Analytical1843");
  await browser.visit(leave(client, transaction.sessionToken, `${PAGE}/`));
  const session = await client.session.get();
  assert.equal(session.status, "ACTIVE");
  assert.equal(session.login, "ada.byron@example.com");
  assert.deepEqual(session.amr, ["pwd"]);
  await org.advance(60);
  const refreshed = await client.session.refresh();
  assert.ok(refreshed.expiresAt > session.expiresAt);
  assert.equal((await session.refresh()).id, session.id);
  const user = await session.user();
  assert.equal(user.profile.firstName, "Ada");
  await client.session.close();
  assert.equal(await client.session.exists(), false);
  assert.ok(!browser.cookies.has("sid"));
  await assert.rejects(client.session.close(), (error) => error.errorCode === "E0000007");
});

test("webfinger names the identity provider", async () => {
  const { client } = open(org);
  const own = await client.webfinger({ resource: "okta:acct:ada.byron@example.com", rel: "okta:idp" });
  assert.deepEqual(own.links, []);
  const partner = await client.webfinger({ resource: "okta:acct:jo@partner.example", requestContext: "/app" });
  assert.equal(partner.links[0].properties["okta:idp:type"], "SAML2");
  await assert.rejects(client.webfinger({ resource: "nonsense" }), (error) => error.errorCode === "E0000001");
});
