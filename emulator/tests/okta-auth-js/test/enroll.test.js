// Enrollment of every kind of factor: enroll, activate, resend, poll, questions, prev, skip, cancel.
import assert from "node:assert/strict";
import { after, beforeEach, before, test } from "node:test";
import { Org } from "../support/org.js";
import { factor, refused, signIn } from "../support/page.js";
import { SecurityKey } from "../support/security-key.js";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

/** Someone who may set up everything and has nothing yet. */
const LOGIN = "barbara.liskov";
const PASSWORD = "Substitute1987";
beforeEach(() => org.control("users", { login: LOGIN, resetFactors: true }));

const begin = () => signIn(org, LOGIN, PASSWORD, { options: { multiOptionalFactorEnroll: true } });

async function enrolled(transaction, type, provider) {
  assert.equal(transaction.status, "MFA_ENROLL", "back at the list");
  assert.equal(factor(transaction, type, provider).status, "ACTIVE");
  assert.equal((await transaction.skip()).status, "SUCCESS");
}

test("security question from the org's list", async () => {
  const { transaction } = await begin();
  const question = factor(transaction, "question");
  const list = await question.questions();
  assert.equal(list.length, 20);
  const enroll = (answer) => question.enroll({ profile: { question: list[0].question, answer } });
  await refused(enroll("no"), "E0000001");
  await enrolled(await enroll("Porridge"), "question");
});

const PHONES = [
  ["sms", { phoneNumber: "+14155550100" }],
  ["call", { phoneNumber: "+14155550100", phoneExtension: "42" }],
  ["email", undefined],
];

for (const [type, profile] of PHONES) {
  test(`${type}: sent, resent, wrong code, right code`, async () => {
    const { transaction } = await begin();
    const activating = await factor(transaction, type).enroll(profile && { profile });
    assert.equal(activating.status, "MFA_ENROLL_ACTIVATE");
    await org.advance(31);
    const again = await activating.resend(type);
    assert.equal(again.status, "MFA_ENROLL_ACTIVATE");
    await refused(again.activate({ passCode: "0" }), "E0000068");
    await enrolled(await again.activate({ passCode: (await org.message(LOGIN)).code }), type);
  });
}

test("an invalid phone number, and one that replaces another", async () => {
  const { transaction } = await begin();
  const sms = factor(transaction, "sms");
  await refused(sms.enroll({ profile: { phoneNumber: "12" } }), "E0000001");
  await refused(sms.enroll({ profile: { phoneNumber: "+1415555010" } }), "E0000098");
  const insisted = await sms.enroll({ profile: { phoneNumber: "+1415555010", validatePhone: false } });
  assert.equal(insisted.status, "MFA_ENROLL_ACTIVATE");
  const { transaction: other } = await signIn(org, "edsger.dijkstra", "Shortest1959");
  const known = factor(other, "sms");
  await refused(known.enroll({ profile: { phoneNumber: "+14155550100" } }), "E0000001");
  const updated = await known.enroll({ profile: { phoneNumber: "+14155550100", updatePhone: true } });
  assert.equal(updated.status, "MFA_ENROLL_ACTIVATE");
});

for (const provider of ["GOOGLE", "OKTA"]) {
  test(`codes of ${provider}`, async () => {
    const { browser, transaction } = await begin();
    const activating = await factor(transaction, "token:software:totp", provider).enroll();
    const { activation } = activating.factor;
    assert.match(activation.sharedSecret, /^[A-Z2-7]{16}$/);
    const picture = await browser.visit(activation.qrcode.href);
    assert.equal(picture.headers.get("content-type"), "image/png");
    await refused(activating.activate({ passCode: "000000" }), "E0000068");
    const { code } = await org.code(LOGIN, provider, "token:software:totp");
    await enrolled(await activating.activate({ passCode: code }), "token:software:totp", provider);
  });
}

test("Okta Verify: links sent, expired, restarted, enrolled", async () => {
  const { transaction } = await begin();
  const waiting = await factor(transaction, "push").enroll();
  assert.equal(waiting.factorResult, "WAITING");
  const { activation } = waiting.factor;
  assert.equal((await activation.send("email")).status, "MFA_ENROLL_ACTIVATE");
  assert.equal((await activation.send("sms", { profile: { phoneNumber: "+14155550100" } })).factorResult, "WAITING");
  await org.advance(301);
  const late = await waiting.poll(5);
  assert.equal(late.factorResult, "TIMEOUT");
  const again = await late.activate();
  assert.equal(again.factorResult, "WAITING");
  await org.phone(LOGIN, "set-up");
  const done = await again.poll(5);
  assert.equal(factor(done, "token:software:totp", "OKTA").status, "ACTIVE", "its codes come along");
  await enrolled(done, "push");
});

const TOKENS = [
  ["token", "RSA"],
  ["token", "DEL_OATH"],
  ["token", "SYMANTEC"],
  ["token:hardware", "YUBICO"],
];

for (const [type, provider] of TOKENS) {
  test(`${type} of ${provider}`, async () => {
    const { transaction } = await begin();
    const spare = await org.code(null, provider, type);
    const given = { passCode: spare.code, nextPassCode: spare.nextCode ?? undefined, profile: { credentialId: "0001" } };
    const token = factor(transaction, type, provider);
    await refused(token.enroll({ ...given, passCode: "nonsense" }), "E0000001");
    await enrolled(await token.enroll(given), type, provider);
  });
}

test("a password as a factor", async () => {
  const { transaction } = await begin();
  const password = factor(transaction, "password");
  await refused(password.enroll({ profile: { password: "wrong" } }), "E0000001");
  await enrolled(await password.enroll({ profile: { password: PASSWORD } }), "password");
});

test("Duo", async () => {
  const { browser, transaction } = await begin();
  const waiting = await factor(transaction, "web").enroll();
  const { signature, _links: links } = waiting.data._embedded.factor._embedded.activation;
  const [request, own] = signature.split(":");
  const form = new URLSearchParams({
    id: waiting.factor.id,
    stateToken: waiting.data.stateToken,
    sig_response: `${request.replace("TX|", "AUTH|")}:${own}`,
  });
  assert.equal((await browser.visit(links.complete.href, { method: "POST", body: form })).status, 200);
  await enrolled(await waiting.poll(5), "web");
});

for (const type of ["assertion:saml2", "assertion:oidc", "claims_provider"]) {
  test(`${type} redirects to the provider and back`, async () => {
    const { browser, client, transaction } = await begin();
    const away = await factor(transaction, type).enroll();
    assert.equal(away.status, "MFA_ENROLL_ACTIVATE");
    const { href, hints } = away.data._links.next;
    assert.deepEqual(hints.allow, ["GET"]);
    await browser.visit(href, { method: "POST", body: new URLSearchParams({ decision: "pass" }) });
    await enrolled(await client.tx.resume(), type);
  });
}

test("U2F: registered, then verified", async () => {
  const key = new SecurityKey();
  const { transaction } = await begin();
  const activating = await factor(transaction, "u2f").enroll();
  await refused(activating.activate(key.register("another nonce")), "E0000068");
  await enrolled(await activating.activate(key.register(activating.factor.activation.nonce)), "u2f");

  await org.control("users", { login: LOGIN, signOn: "default" });
  const again = await signIn(org, LOGIN, PASSWORD);
  const challenge = await factor(again.transaction, "u2f").verify();
  assert.equal((await challenge.verify(key.sign(challenge.factor.challenge.nonce))).status, "SUCCESS");
  await org.control("users", { login: LOGIN, signOn: "password-only" });
});

test("WebAuthn: two keys, one verified by its id and either by the type", async () => {
  const keys = [new SecurityKey(), new SecurityKey()];
  const sign = () => signIn(org, "edsger.dijkstra", "Shortest1959", { options: { multiOptionalFactorEnroll: true } });
  let { transaction } = await sign();
  assert.equal(transaction.status, "MFA_ENROLL");
  for (const [at, key] of keys.entries()) {
    const activating = await factor(transaction, "webauthn").enroll();
    const { challenge, excludeCredentials } = activating.factor.activation;
    assert.equal(excludeCredentials.length, at, "known keys are excluded");
    await refused(activating.activate(key.attest("another")), "E0000068");
    transaction = await activating.activate(key.attest(challenge));
  }
  await transaction.skip();

  const byId = (await sign()).transaction;
  assert.equal(byId.status, "MFA_REQUIRED");
  const ids = byId.factors.filter((one) => one.factorType === "webauthn");
  assert.equal(ids.length, 2);
  const challenge = await ids[0].verify();
  assert.equal(challenge.data.challengeType, "FACTOR");
  const proofs = keys.map((key) => key.assert(challenge.factor.challenge.challenge));
  const tried = await Promise.allSettled(proofs.map((proof) => challenge.verify(proof)));
  assert.deepEqual(tried.map((one) => one.value?.status).filter(Boolean), ["SUCCESS"], "only that key");

  const { client, transaction: byType } = await sign();
  const { href } = byType.data._embedded.factorTypes[0]._links.next;
  const any = await client.tx.postToTransaction(href, { stateToken: byType.data.stateToken });
  assert.equal(any.data.challengeType, "FACTOR_TYPE");
  const proof = keys[1].assert(any.data._embedded.challenge.challenge);
  assert.equal((await any.verify(proof)).status, "SUCCESS");
});

test("prev returns to the list, cancel ends the transaction", async () => {
  const { client, transaction } = await begin();
  const activating = await factor(transaction, "sms").enroll({ profile: { phoneNumber: "+14155550100" } });
  const list = await activating.prev();
  assert.equal(list.status, "MFA_ENROLL");
  assert.equal(factor(list, "sms").status, "NOT_SETUP");
  await list.cancel();
  assert.ok(!client.tx.exists());
});

test("required enrollment cannot be skipped, optional enrollment can", async () => {
  const required = await signIn(org, "grace.hopper", "Nanoseconds1952");
  assert.equal(required.transaction.status, "MFA_ENROLL");
  assert.equal(required.transaction.skip, undefined);
  const offered = await signIn(org, "katherine.johnson", "Trajectory1962");
  assert.equal((await offered.transaction.skip()).status, "SUCCESS");
  const grace = await signIn(org, "frances.allen", "Optimize1966");
  assert.ok(grace.transaction.policy.gracePeriod.endDate);
  assert.equal((await grace.transaction.skip()).status, "SUCCESS");
});
