// Password recovery and unlock: forgotPassword, unlockAccount, verifyRecoveryToken,
// answer, resetPassword.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Org } from "../support/org.js";
import { open, refused, signIn } from "../support/page.js";

let org;
before(async () => (org = await Org.start()));
after(() => org.stop());

for (const factorType of ["SMS", "CALL"]) {
  test(`forgotPassword by ${factorType}`, async () => {
    const { client } = open(org);
    const challenge = await client.forgotPassword({ username: "mary.jackson", factorType, relayState: "/home" });
    assert.equal(challenge.status, "RECOVERY_CHALLENGE");
    assert.equal(challenge.relayState, "/home");
    await refused(challenge.verify({ passCode: "0" }), "E0000068");
    await org.advance(31);
    const again = await challenge.resend();
    assert.equal(again.status, "RECOVERY_CHALLENGE");
    const recovery = await again.verify({ passCode: (await org.message("mary.jackson")).code });
    assert.equal(recovery.status, "RECOVERY");
    assert.ok(recovery.user.recovery_question.question);
    await refused(recovery.answer({ answer: "wrong" }), "E0000087");
    const reset = await recovery.answer({ answer: "Langley" });
    assert.equal(reset.status, "PASSWORD_RESET");
    await refused(reset.resetPassword({ newPassword: "short" }), "E0000080");
    assert.equal((await reset.resetPassword({ newPassword: `Wind${factorType}tunnel1958` })).status, "SUCCESS");
    await org.advance(31);
  });
}

test("forgotPassword by email continues with the link", async () => {
  const { client } = open(org);
  const challenge = await client.forgotPassword({ username: "mary.jackson", factorType: "EMAIL" });
  assert.equal(challenge.factorResult, "WAITING");
  assert.equal((await challenge.cancel()).status, undefined);
  const { link } = await org.message("mary.jackson");
  const recoveryToken = new URL(link).searchParams.get("recoveryToken");
  const recovery = await client.verifyRecoveryToken({ recoveryToken, multiOptionalFactorEnroll: true });
  assert.equal(recovery.status, "RECOVERY");
  assert.equal((await recovery.answer({ answer: "langley" })).status, "PASSWORD_RESET");
  await refused(client.verifyRecoveryToken({ recoveryToken }), "E0000105");
  await refused(client.verifyRecoveryToken({ recoveryToken: "never given out" }), "E0000011");
});

test("the response does not reveal whether a user exists", async () => {
  const { client } = open(org);
  for (const factorType of ["SMS", "EMAIL"]) {
    const challenge = await client.forgotPassword({ username: "no.one", factorType });
    assert.equal(challenge.status, "RECOVERY_CHALLENGE");
  }
});

test("unlockAccount by email ends without a session", async () => {
  const { client } = open(org);
  await client.unlockAccount({ username: "jean.bartik", factorType: "EMAIL" });
  const { link } = await org.message("jean.bartik");
  const recoveryToken = new URL(link).searchParams.get("recoveryToken");
  const recovery = await client.verifyRecoveryToken({ recoveryToken });
  const done = await recovery.answer({ answer: "Maryville" });
  assert.equal(done.status, "SUCCESS");
  assert.equal(done.recoveryType, "UNLOCK");
  assert.equal(done.sessionToken, undefined);
  assert.equal((await signIn(org, "jean.bartik", "Eniac1946")).transaction.status, "SUCCESS");
});

test("a recovery that the policy forbids is reported", async () => {
  const { client } = open(org);
  await refused(client.unlockAccount({ username: "barbara.mcclintock", factorType: "EMAIL" }), "E0000119");
});

test("a recovery started by a program continues with its recovery link", async () => {
  const { client } = open(org);
  const begun = client.tx.createTransaction(await org.asProgram("authn/recovery/password", { username: "mary.jackson" }));
  assert.equal(begun.status, "RECOVERY");
  const recovery = await begun.recovery({ recoveryToken: begun.recoveryToken });
  assert.equal((await recovery.answer({ answer: "Langley" })).status, "PASSWORD_RESET");
});
