// Factors of a user: enrolled, activated, verified, removed, by a program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, Org } from "../support/org.js";
import { refused } from "../support/refused.js";

let org, api, userId;
before(async () => {
  org = await Org.start();
  api = org.client.userFactorApi;
  userId = (await org.client.userApi.getUser({ userId: "barbara.liskov" })).id;
});
after(() => org.stop());

const verify = (factorId, body) => api.verifyFactor({ userId, factorId, body });

test("a question is enrolled, listed, verified and removed", async () => {
  const profile = { question: "disliked_food", answer: "mayonnaise" };
  const factor = await api.enrollFactor({ userId, body: { factorType: "question", provider: "OKTA", profile } });
  const factorId = factor.id;
  assert.equal(factor.status, "ACTIVE");
  assert.equal((await api.getFactor({ userId, factorId })).factorType, "question");
  assert.ok((await all(api.listFactors({ userId }))).some((one) => one.id === factorId));
  assert.equal((await verify(factorId, { answer: "mayonnaise" })).factorResult, "SUCCESS");
  await refused(verify(factorId, { answer: "mustard" }), 403, "E0000068");
  await api.unenrollFactor({ userId, factorId });
  await refused(api.getFactor({ userId, factorId }), 404, "E0000007");
});

test("a phone is activated by the code that is sent, and proves with another", async () => {
  const body = { factorType: "sms", provider: "OKTA", profile: { phoneNumber: "+1-555-415-1337" } };
  const factor = await api.enrollFactor({ userId, body });
  assert.equal(factor.status, "PENDING_ACTIVATION");
  const code = async () => (await org.message("barbara.liskov")).code;
  await refused(api.activateFactor({ userId, factorId: factor.id, body: { passCode: "0" } }), 403, "E0000068");
  const active = await api.activateFactor({ userId, factorId: factor.id, body: { passCode: await code() } });
  assert.equal(active.status, "ACTIVE");
  await fetch(`${org.address}/control/clock/advance`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ seconds: 60 }),
  });
  assert.equal((await verify(factor.id, {})).factorResult, "CHALLENGE");
  assert.equal((await verify(factor.id, { passCode: await code() })).factorResult, "SUCCESS");
});

test("an authenticator app is activated with its code", async () => {
  const body = { factorType: "token:software:totp", provider: "GOOGLE" };
  const factor = await api.enrollFactor({ userId, body });
  const secret = factor._embedded.activation.sharedSecret;
  assert.match(secret, /^[A-Z2-7]{16,}$/);
  const shown = (await org.codes("barbara.liskov")).find((one) => one.factorId === factor.id);
  const active = await api.activateFactor({ userId, factorId: factor.id, body: { passCode: shown.code } });
  assert.equal(active.status, "ACTIVE");
});

test("a push is sent, and approved on the phone", async () => {
  const { id } = await org.client.userApi.getUser({ userId: "tim.lee" });
  const push = (await all(api.listFactors({ userId: id }))).find((one) => one.factorType === "push");
  const sent = await api.verifyFactor({ userId: id, factorId: push.id, body: {} });
  assert.equal(sent.factorResult, "WAITING");
  await org.post("/control/push", { login: "tim.lee", action: "approve" });
  const transactionId = sent._links.poll.href.split("/").at(-1);
  const result = await api.getFactorTransactionStatus({ userId: id, factorId: push.id, transactionId });
  assert.equal(result.factorResult, "SUCCESS");
});

test("what a user may enroll is listed, with the questions", async () => {
  const supported = await all(api.listSupportedFactors({ userId }));
  assert.ok(supported.some((one) => one.factorType === "webauthn"));
  const questions = await all(api.listSupportedSecurityQuestions({ userId }));
  assert.ok(questions.some((one) => one.question === "disliked_food"));
});

test("all factors are reset", async () => {
  const { id } = await org.client.userApi.getUser({ userId: "jeff.beck" });
  assert.equal((await all(api.listFactors({ userId: id }))).length, 3);
  await org.client.userApi.resetFactors({ userId: id });
  assert.equal((await all(api.listFactors({ userId: id }))).length, 0);
});
