// Sign-in, and operations on a transaction: resume, introspect, prev, skip,
// cancel, changePassword.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Org } from "../support/org.js";
import { factor, open, refused, signIn } from "../support/page.js";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

test("a password is enough", async () => {
  const { transaction, browser } = await signIn(org, "ada.byron", "Analytical1843");
  assert.equal(transaction.status, "SUCCESS");
  assert.match(transaction.sessionToken, /^00/);
  assert.equal(transaction.user.profile.login, "ada.byron@example.com");
  assert.ok(browser.cookies.has("DT"), "the device has its cookie");
});

test("a wrong password and an unknown user have the same error", async () => {
  const { client } = open(org);
  for (const username of ["ada.byron", "no.one"]) {
    const error = await refused(client.signInWithCredentials({ username, password: "wrong" }), "E0000004");
    assert.equal(error.xhr.status, 401);
  }
});

test("a locked account is reported if the policy shows it", async () => {
  const { transaction } = await signIn(org, "jean.bartik", "Eniac1946");
  assert.equal(transaction.status, "LOCKED_OUT");
  const challenge = await transaction.unlock({ username: "jean.bartik", factorType: "EMAIL" });
  assert.equal(challenge.status, "RECOVERY_CHALLENGE");
});

test("the relay state is returned", async () => {
  const { transaction } = await signIn(org, "jeff.beck", "xaxaxaxaxa", { relayState: "/deep/link" });
  assert.equal(transaction.relayState, "/deep/link");
  const cancelled = await transaction.cancel();
  assert.equal(cancelled.data.relayState, "/deep/link");
});

test("a transaction is resumed and introspected by the stored state token", async () => {
  const { client, transaction } = await signIn(org, "jeff.beck", "xaxaxaxaxa");
  assert.equal(transaction.status, "MFA_REQUIRED");
  assert.ok(client.tx.exists());
  for (const ask of ["resume", "introspect"]) {
    const again = await client.tx[ask]();
    assert.equal(again.status, "MFA_REQUIRED");
    assert.deepEqual(again.factors.map((one) => one.id), transaction.factors.map((one) => one.id));
  }
  const stateToken = transaction.data.stateToken;
  assert.equal((await client.tx.introspect({ stateToken })).status, "MFA_REQUIRED");
  assert.equal((await client.tx.status({ stateToken })).status, "MFA_REQUIRED");
  await transaction.cancel();
  assert.ok(!client.tx.exists(), "an answer without a state token clears it");
  await refused(client.tx.resume({ stateToken }), "E0000011");
});

test("a step-up is resumed, signed in to and ends at its application", async () => {
  const { browser, client } = open(org);
  const redirect = await browser.visit(`${org.address}/step-up?app=salesforce`);
  const stateToken = new URL(redirect.headers.get("location")).searchParams.get("stateToken");
  const started = await client.tx.resume({ stateToken });
  assert.equal(started.status, "UNAUTHENTICATED");
  assert.equal(started.target.type, "APP");
  const done = await started.authenticate({ username: "ada.byron", password: "Analytical1843" });
  assert.equal(done.status, "SUCCESS");
  assert.equal(done.sessionToken, undefined);
  assert.equal(done.data._links.next.name, "original");
  assert.equal((await browser.visit(done.data._links.next.href)).status, 200);
});

test("an expired password is changed", async () => {
  const { transaction } = await signIn(org, "lise.meitner", "Fission1938");
  assert.equal(transaction.status, "PASSWORD_EXPIRED");
  const change = (oldPassword, newPassword) => transaction.changePassword({ oldPassword, newPassword });
  await refused(change("wrong", "Protactinium91"), "E0000014");
  const error = await refused(change("Fission1938", "short"), "E0000080");
  assert.match(error.errorCauses[0].errorSummary, /at least 8/);
  assert.equal((await change("Fission1938", "Protactinium91")).status, "SUCCESS");
});

test("a password warning is skipped, or the password changed", async () => {
  const { transaction } = await signIn(org, "emmy.noether", "Symmetry1918", {
    options: { warnBeforePasswordExpired: true },
  });
  assert.equal(transaction.status, "PASSWORD_WARN");
  assert.equal(typeof transaction.policy.expiration.passwordExpireDays, "number");
  assert.equal((await transaction.skip()).status, "SUCCESS");
  const again = await signIn(org, "emmy.noether", "Symmetry1918", { options: { warnBeforePasswordExpired: true } });
  const changed = await again.transaction.changePassword({ oldPassword: "Symmetry1918", newPassword: "Invariant1918" });
  assert.equal(changed.status, "SUCCESS");
});

test("an activation token activates an account", async () => {
  const { client } = open(org);
  const open1 = await client.signIn({ token: "activate-evelyn" });
  assert.equal(open1.status, "PASSWORD_RESET");
  assert.equal((await open1.resetPassword({ newPassword: "Meshes1949" })).status, "SUCCESS");
  assert.equal((await client.signIn({ token: "activate-annie" })).status, "SUCCESS");
  await refused(client.signIn({ token: "activate-annie" }), "E0000004");
});

test("a passwordless sign-in starts with a factor", async () => {
  const { client } = open(org);
  const begun = await client.signIn({ username: "whitfield.diffie" });
  assert.equal(begun.status, "UNAUTHENTICATED");
  assert.ok(begun.factors.length > 0);
  await begun.cancel();
});

test("consent is granted, and POLL is polled", async () => {
  const { transaction } = await signIn(org, "vint.cerf", "Packets1974");
  assert.equal(transaction.status, "CONSENT_REQUIRED");
  const scopes = transaction.scopes.map((scope) => scope.name);
  assert.equal((await transaction.consent({ consent: { scopes } })).status, "SUCCESS");

  const waiting = await signIn(org, "ray.tomlinson", "AtSign1971");
  assert.equal(waiting.transaction.status, "POLL");
  await org.advance(11);
  assert.equal((await waiting.transaction.poll(10)).status, "SUCCESS");
});

test("consent is granted scope by scope", async () => {
  const { transaction } = await signIn(org, "bob.kahn", "Gateway1974");
  // As okta-signin-widget builds it.
  const optedScopes = Object.fromEntries(transaction.scopes.map(({ name, optional }) => [name, !optional]));
  const consent = { expiresAt: transaction.data.expiresAt, optedScopes };
  assert.equal((await transaction.consent({ consent })).status, "SUCCESS");
});

test("a factor sequence requires two factors", async () => {
  const { transaction } = await signIn(org, "leslie.lamport", "Paxos1989");
  const sms = await factor(transaction, "sms").verify();
  const next = await sms.verify({ passCode: (await org.message("leslie.lamport")).code });
  assert.equal(next.status, "MFA_REQUIRED");
  const { code } = await org.code("leslie.lamport", "GOOGLE");
  assert.equal((await factor(next, "token:software:totp").verify({ passCode: code })).status, "SUCCESS");
});
