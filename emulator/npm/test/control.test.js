// What a test does with a running org.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { start } from "okta-emulator";

import { ADA, JEFF, post, signIn } from "./sign-in.js";

const PAGE = "http://localhost:3000";
let org;

before(async () => (org = await start({ pageOrigins: [PAGE] })));
afterEach(() => org.reset());
after(() => org.close());

/** Asks for the factor of this type; what follows is its challenge. */
async function challenge(type) {
  const { body } = await signIn(org.url, ...JEFF);
  const factor = body._embedded.factors.find((one) => one.factorType === type);
  const { href } = factor._links.verify;
  return { href, stateToken: body.stateToken };
}

test("users, and changing one", async () => {
  const jeff = async () => (await org.users()).find((user) => user.login.startsWith("jeff.beck"));
  assert.equal((await jeff()).status, "ACTIVE");
  assert.ok((await jeff()).factors.includes("okta_sms"));
  assert.equal(await org.changeUser("jeff.beck", { lockedOut: true }), undefined);
  assert.equal((await jeff()).status, "LOCKED_OUT");
  await assert.rejects(org.changeUser("nobody", {}), /404: There is no such user/);
});

test("the outbox has the code of a text message", async () => {
  const { href, stateToken } = await challenge("sms");
  await post(href, { stateToken });
  const message = (await org.outbox()).at(-1);
  assert.deepEqual([message.channel, message.login], ["sms", "jeff.beck"]);
  const { body } = await post(href, { stateToken, passCode: message.code });
  assert.equal(body.status, "SUCCESS");
});

test("codes has what an app shows", async () => {
  const { href, stateToken } = await challenge("token:software:totp");
  const [{ code, login }] = await org.codes("jeff.beck");
  assert.equal(login, "jeff.beck");
  assert.equal((await post(href, { stateToken, passCode: code })).body.status, "SUCCESS");
  assert.ok((await org.codes()).length > 1);
});

test("the clock goes forward, and a sign-in expires", async () => {
  const { href, stateToken } = await challenge("sms");
  const before = await org.clock.now();
  const now = await org.clock.advance(3600);
  assert.ok(now - before >= 3_600_000, `${before.toISOString()} to ${now.toISOString()}`);
  assert.equal((await post(href, { stateToken })).status, 401);
  await assert.rejects(org.clock.advance(-1), /The clock only goes forward/);
});

test("faults, once each if nothing else is said", async () => {
  const path = "/api/v1/authn";
  await org.faults({ path, fault: { kind: "rate-limit" } }, { path, times: 2, fault: { kind: "replace", pointer: "/status", value: "NEW" } });
  assert.equal((await signIn(org.url, ...ADA)).status, 429);
  for (const expected of ["NEW", "NEW", "SUCCESS"]) {
    assert.equal((await signIn(org.url, ...ADA)).body.status, expected);
  }
  await org.faults({ path, fault: { kind: "status", status: 503 } });
  await org.clearFaults();
  assert.equal((await signIn(org.url, ...ADA)).status, 200);
  await assert.rejects(org.faults({ path, fault: { kind: "no-such-kind" } }), /422|400/);
});

test("a push is answered", async () => {
  const { body } = await signIn(org.url, "tim.lee", "Hypertext1989");
  const { href } = body._embedded.factors.find((one) => one.factorType === "push")._links.verify;
  const { stateToken } = body;
  await post(href, { stateToken });
  assert.deepEqual((await org.pushes()).map((push) => push.login), ["tim.lee"]);
  await org.push("tim.lee", "approve");
  assert.equal((await post(href, { stateToken })).body.status, "SUCCESS");
  await assert.rejects(org.push("tim.lee", "deny"), /409: Nothing of the kind waits/);
});

test("a transaction in the middle", async () => {
  const { url, stateToken } = await org.transaction({ login: "jeff.beck", state: "MFA_REQUIRED" });
  assert.equal(url, `${PAGE}/?stateToken=${stateToken}`);
  assert.equal((await post(`${org.url}/api/v1/authn`, { stateToken })).body.status, "MFA_REQUIRED");
});

test("requests lists what was called", async () => {
  await signIn(org.url, ...ADA);
  const { method, path, status } = (await org.requests()).find((one) => !one.path.startsWith("/control/"));
  assert.deepEqual([method, path, status], ["POST", "/api/v1/authn", 200]);
});

test("a reset brings back what was there at the start", async () => {
  await org.changeUser("jeff.beck", { resetFactors: true, lockedOut: true });
  await org.clock.advance(86_400);
  await org.faults({ path: "/api/v1/authn", times: 9, fault: { kind: "hang" } });
  await org.reset();
  assert.equal((await signIn(org.url, ...JEFF)).body.status, "MFA_REQUIRED");
  assert.ok(Math.abs((await org.clock.now()) - Date.now()) < 60_000);
});

test("any other call", async () => {
  assert.deepEqual(await org.control("GET", "engine"), { engine: "classic" });
  await assert.rejects(org.control("GET", "nothing"), /GET \/control\/nothing was answered with 404: There is no such/);
});
