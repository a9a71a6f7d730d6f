// Verification of every kind of factor: verify, resend, poll, prev, cancel.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Org } from "../support/org.js";
import { factor, open, refused, signIn } from "../support/page.js";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

const SENT = [
  ["sms", "jeff.beck", "xaxaxaxaxa"],
  ["call", "hedy.lamarr", "Spectrum1942"],
  ["email", "hedy.lamarr", "Spectrum1942"],
];

for (const [type, login, password] of SENT) {
  test(`${type}: sent, resent, wrong code, right code`, async () => {
    const { transaction } = await signIn(org, login, password);
    assert.equal(transaction.status, "MFA_REQUIRED");
    const challenge = await factor(transaction, type).verify();
    assert.equal(challenge.status, "MFA_CHALLENGE");
    assert.equal(challenge.factor.factorType, type);
    const first = (await org.message(login)).code;
    assert.equal((await refused(challenge.resend(type), { sms: "E0000109", call: "E0000133", email: "E0000118" }[type])).xhr.status, 429);
    await org.advance(31);
    const again = await challenge.resend(type);
    assert.equal(again.status, "MFA_CHALLENGE");
    const second = (await org.message(login)).code;
    if (first !== second) await refused(again.verify({ passCode: first }), "E0000068");
    const done = await again.verify({ passCode: second, rememberDevice: true });
    assert.equal(done.status, "SUCCESS");
    await org.advance(31);
  });
}

test("prev leaves a challenge, cancel ends the transaction", async () => {
  const { client, transaction } = await signIn(org, "jeff.beck", "xaxaxaxaxa");
  const challenge = await factor(transaction, "sms").verify();
  const back = await challenge.prev();
  assert.equal(back.status, "MFA_REQUIRED");
  await refused(client.tx.postToTransaction(`${org.address}/api/v1/authn/previous`, { stateToken: back.data.stateToken }), "E0000079");
  await back.cancel();
  await refused(factor(back, "question").verify({ answer: "Blue Bear" }), "E0000011");
});

test("security question", async () => {
  const { transaction } = await signIn(org, "jeff.beck", "xaxaxaxaxa");
  const question = factor(transaction, "question");
  assert.equal(question.profile.questionText, "What is the name of your first stuffed animal?");
  await refused(question.verify({ answer: "Bear" }), "E0000068");
  assert.equal((await question.verify({ answer: "Blue Bear" })).status, "SUCCESS");
});

test("Google Authenticator, each code once", async () => {
  const { transaction } = await signIn(org, "jeff.beck", "xaxaxaxaxa");
  const { code } = await org.code("jeff.beck", "GOOGLE");
  assert.equal((await factor(transaction, "token:software:totp").verify({ passCode: code })).status, "SUCCESS");
  const again = await signIn(org, "jeff.beck", "xaxaxaxaxa");
  await refused(factor(again.transaction, "token:software:totp").verify({ passCode: code }), "E0000082");
});

const TOKENS = [
  ["token", "DEL_OATH"],
  ["token", "SYMANTEC"],
  ["token:hardware", "YUBICO"],
  ["token:hotp", "CUSTOM"],
];

for (const [type, provider] of TOKENS) {
  test(`${type} of ${provider}`, async () => {
    const { transaction } = await signIn(org, "donald.knuth", "Volumes1968");
    const token = factor(transaction, type, provider);
    await refused(token.verify({ passCode: "nonsense" }), "E0000068");
    const { code } = await org.code("donald.knuth", provider, type);
    assert.equal((await token.verify({ passCode: code })).status, "SUCCESS");
  });
}

test("RSA requires a new PIN", async () => {
  const { transaction } = await signIn(org, "donald.knuth", "Volumes1968");
  const rsa = factor(transaction, "token", "RSA");
  const old = (await org.code("donald.knuth", "RSA")).code;
  assert.match((await refused(rsa.verify({ passCode: old }), "E0000113")).errorSummary, /new PIN/);
  assert.equal((await refused(rsa.verify({ passCode: "5678" }), "E0000113")).xhr.status, 409);
  await org.advance(30);
  const { code } = await org.code("donald.knuth", "RSA");
  assert.ok(code.startsWith("5678"));
  assert.equal((await rsa.verify({ passCode: code })).status, "SUCCESS");
});

test("password as a factor", async () => {
  const { transaction } = await signIn(org, "ken.thompson", "Trusting1984");
  const password = factor(transaction, "password");
  await refused(password.verify({ password: "wrong" }), "E0000068");
  assert.equal((await password.verify({ password: "Trusting1984" })).status, "SUCCESS");
});

describe("Okta Verify", () => {
  const start = async (login, password) => {
    const { transaction } = await signIn(org, login, password);
    return factor(transaction, "push").verify({ autoPush: true });
  };

  test("is polled until the phone approves", async () => {
    const waiting = await start("tim.lee", "Hypertext1989");
    assert.equal(waiting.factorResult, "WAITING");
    let polled = 0;
    const done = waiting.poll({
      delay: 5,
      autoPush: true,
      transactionCallBack: () => {
        polled += 1;
        if (polled === 2) org.phone("tim.lee", "approve");
      },
    });
    assert.equal((await done).status, "SUCCESS");
    assert.ok(polled >= 2);
    const { transaction } = await signIn(org, "tim.lee", "Hypertext1989");
    assert.ok(transaction.policy.factorsPolicyInfo, "what the device wants is told");
  });

  test("is denied, resent, times out, and is left by prev", async () => {
    const waiting = await start("tim.lee", "Hypertext1989");
    await org.phone("tim.lee", "deny");
    const rejected = await waiting.poll(5);
    assert.equal(rejected.factorResult, "REJECTED");
    const again = await rejected.resend("push");
    assert.equal(again.factorResult, "WAITING");
    await org.advance(301);
    const late = await again.poll(5);
    assert.equal(late.factorResult, "TIMEOUT");
    const third = await late.verify();
    assert.equal(third.factorResult, "WAITING");
    assert.equal((await third.prev()).status, "MFA_REQUIRED");
  });

  test("number challenge", async () => {
    const waiting = await start("margaret.hamilton", "Apollo1969");
    const numbers = [];
    const polling = waiting.poll({
      delay: 5,
      transactionCallBack: async (answer) => {
        const { correctAnswer } = answer._embedded.factor._embedded.challenge;
        numbers.push(correctAnswer);
        if (numbers.length === 1) await org.phone("margaret.hamilton", "number", correctAnswer);
      },
    });
    assert.equal((await polling).status, "SUCCESS");
    assert.equal(typeof numbers[0], "number");
  });

  test("outdated app", async () => {
    const waiting = await start("john.backus", "Fortran1957");
    const told = waiting.factorResult === "WAITING" ? await waiting.poll(5) : waiting;
    assert.equal(told.factorResult, "REJECTED");
    assert.equal(told.data.factorResultMessage, "OKTA_VERIFY_UPGRADE_REQUIRED");
  });

  test("TOTP codes work as well", async () => {
    const { transaction } = await signIn(org, "tim.lee", "Hypertext1989");
    const { code } = await org.code("tim.lee", "OKTA");
    assert.equal((await factor(transaction, "token:software:totp").verify({ passCode: code })).status, "SUCCESS");
  });
});

test("Duo responds by its form", async () => {
  const { browser, transaction } = await signIn(org, "ken.thompson", "Trusting1984");
  const waiting = await factor(transaction, "web").verify();
  assert.equal(waiting.factorResult, "WAITING");
  const { signature, _links: links } = waiting.data._embedded.factor._embedded.verification;
  const [request, own] = signature.split(":");
  const frame = await browser.visit(`${org.address}/frame/web/v1/auth?tx=${request}&parent=http%3A%2F%2Flocalhost%3A8080%2F`);
  assert.equal(frame.status, 200);
  const form = new URLSearchParams({
    id: waiting.factor.id,
    stateToken: waiting.data.stateToken,
    sig_response: `${request.replace("TX|", "AUTH|")}:${own}`,
  });
  assert.equal((await browser.visit(links.complete.href, { method: "POST", body: form })).status, 200);
  assert.equal((await waiting.poll(5)).status, "SUCCESS");
});

for (const type of ["assertion:saml2", "assertion:oidc", "claims_provider"]) {
  test(`${type} redirects to the provider and back`, async () => {
    const { browser, client, transaction } = await signIn(org, "ken.thompson", "Trusting1984");
    const away = await factor(transaction, type).verify();
    assert.equal(away.data._links.next.name, "redirect");
    const decide = (decision) =>
      browser.visit(away.data._links.next.href, { method: "POST", body: new URLSearchParams({ decision }) });
    assert.equal((await decide("fail")).status, 303);
    const failed = await client.tx.resume();
    assert.equal(failed.factorResult, "FAILED");
    const back = new URL((await decide("pass")).headers.get("location"));
    const done = await client.tx.resume({ stateToken: back.searchParams.get("stateToken") });
    assert.equal(done.status, "SUCCESS");
  });
}

test("a factor of another user, or of none", async () => {
  const { client } = open(org);
  const transaction = await client.signInWithCredentials({ username: "jeff.beck", password: "xaxaxaxaxa" });
  const at = (id) => `${org.address}/api/v1/authn/factors/${id}/verify`;
  const stateToken = transaction.data.stateToken;
  await refused(client.tx.postToTransaction(at("nothing"), { stateToken }), "E0000007");
});
