// Users: the whole life of an account, lists, refusals.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, Org } from "../support/org.js";
import { refused } from "../support/refused.js";

let org, api;
before(async () => {
  org = await Org.start();
  api = org.client.userApi;
});
after(() => org.stop());

const person = (name, more = {}) => ({
  profile: { firstName: name, lastName: "Clarke", email: `${name}@example.com`, login: `${name}@example.com` },
  ...more,
});
const PASSWORD = { password: { value: "Banburismus1" } };
const make = (name, options = {}) => api.createUser({ body: person(name, { credentials: PASSWORD }), ...options });
const status = async (user) => (await api.getUser({ userId: user.id })).status;

test("a user is created, read by id and by login, changed and replaced", async () => {
  const user = await make("joan");
  assert.equal(user.status, "ACTIVE");
  assert.equal((await api.getUser({ userId: "joan@example.com" })).id, user.id);
  const changed = await api.updateUser({ userId: user.id, user: { profile: { nickName: "Jo" } } });
  assert.deepEqual([changed.profile.nickName, changed.profile.firstName], ["Jo", "joan"]);
  const replaced = await api.replaceUser({ userId: user.id, user: person("joan") });
  assert.equal(replaced.profile.nickName, undefined);
  assert.equal((await org.signIn("joan@example.com", "Banburismus1")).body.status, "SUCCESS");
});

test("a user is deactivated by the first deletion, and gone after the second", async () => {
  const user = await make("deleted");
  await api.deleteUser({ userId: user.id });
  assert.equal(await status(user), "DEPROVISIONED");
  await api.deleteUser({ userId: user.id });
  await refused(api.getUser({ userId: user.id }), 404, "E0000007");
});

test("an account goes through all states", async () => {
  const user = await make("states", { activate: false });
  const userId = user.id;
  assert.equal(user.status, "STAGED");
  const steps = [
    ["activateUser", { sendEmail: false }, "ACTIVE"],
    ["suspendUser", {}, "SUSPENDED"],
    ["unsuspendUser", {}, "ACTIVE"],
    ["expirePassword", {}, "PASSWORD_EXPIRED"],
    ["generateResetPasswordToken", { sendEmail: false }, "RECOVERY"],
    ["reactivateUser", { sendEmail: false }, "RECOVERY"],
    ["deactivateUser", {}, "DEPROVISIONED"],
  ];
  for (const [call, options, expected] of steps) {
    await api[call]({ userId, ...options });
    assert.equal(await status(user), expected, call);
  }
});

test("an activation without a password has a link, and can be repeated", async () => {
  const user = await api.createUser({ body: person("provisioned"), activate: false });
  const first = await api.activateUser({ userId: user.id, sendEmail: false });
  assert.ok(first.activationUrl.includes(first.activationToken));
  assert.equal(await status(user), "PROVISIONED");
  const again = await api.reactivateUser({ userId: user.id, sendEmail: false });
  const { body } = await org.post("/api/v1/authn", { token: again.activationToken });
  assert.equal(body.status, "PASSWORD_RESET");
});

test("a locked account is unlocked", async () => {
  const user = await make("locked");
  for (let tries = 0; tries < 5; tries += 1) await org.signIn("locked@example.com", "wrong");
  assert.equal(await status(user), "LOCKED_OUT");
  await api.unlockUser({ userId: user.id });
  assert.equal((await org.signIn("locked@example.com", "Banburismus1")).body.status, "SUCCESS");
});

test("passwords and questions are changed", async () => {
  const user = await make("changing");
  const userId = user.id;
  await api.changePassword({
    userId,
    changePasswordRequest: { oldPassword: { value: "Banburismus1" }, newPassword: { value: "Banburismus2" } },
  });
  assert.equal((await org.signIn("changing@example.com", "Banburismus2")).body.status, "SUCCESS");
  const question = { question: "Where?", answer: "Bletchley" };
  await api.changeRecoveryQuestion({
    userId,
    userCredentials: { password: { value: "Banburismus2" }, recovery_question: question },
  });
  await api.forgotPasswordSetNewPassword({
    userId,
    userCredentials: { password: { value: "Banburismus3" }, recovery_question: { answer: "Bletchley" } },
  });
  assert.equal((await org.signIn("changing@example.com", "Banburismus3")).body.status, "SUCCESS");
  const forgot = await api.forgotPassword({ userId, sendEmail: false });
  assert.ok(forgot.resetPasswordUrl.startsWith("http"));
  // The SDK reads the answer as a user, and loses the temporary password.
  await api.expirePasswordAndGetTemporaryPassword({ userId });
  assert.equal(await status(user), "PASSWORD_EXPIRED");
});

test("a password is imported as a bcrypt hash", async () => {
  const hash = {
    algorithm: "BCRYPT",
    workFactor: 4,
    salt: "N9qo8uLOickgx2ZMRZoMye",
    value: "x.oZKkqn4jdXsZrfWK1SRWAH0qPaJl2",
  };
  const user = await api.createUser({ body: person("imported", { credentials: { password: { hash } } }) });
  assert.equal(user.status, "ACTIVE");
  assert.equal((await org.signIn("imported@example.com", "Banburismus2")).status, 401);
  assert.equal((await org.signIn("imported@example.com", "Banburismus1")).body.status, "SUCCESS");
});

test("a list is read page by page", async () => {
  const one = await all(api.listUsers({ limit: 200 }));
  const many = await all(api.listUsers({ limit: 7 }));
  assert.ok(one.length > 14);
  assert.deepEqual(many.map((user) => user.id), one.map((user) => user.id));
});

test("a list is searched by the beginning of a name", async () => {
  const found = await all(api.listUsers({ q: "ada" }));
  assert.deepEqual(found.map((user) => user.profile.login), ["ada.byron@example.com"]);
});

test("mistakes are refused as errors of the SDK", async () => {
  await make("twice");
  const error = await refused(make("twice"), 400, "E0000001");
  assert.match(error.errorCauses[0].errorSummary, /already exists/);
  await refused(api.createUser({ body: { profile: { login: "x" } } }), 400, "E0000001");
  await refused(api.getUser({ userId: "nobody" }), 404, "E0000007");
  const active = await make("active");
  await refused(api.activateUser({ userId: active.id }), 403, "E0000016");
  await refused(api.unlockUser({ userId: active.id }), 403, "E0000038");
});
