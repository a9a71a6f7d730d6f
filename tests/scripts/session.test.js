import assert from "node:assert/strict";
import { test } from "node:test";

import { sessionAt } from "../../src/embed/js/okta-sign-in-session.js";

const ORG = "https://acme.okta.com";
const SESSION = { id: "1", login: "ada", userId: "00u1", status: "ACTIVE", expiresAt: "2026-11-29T12:00:00.000Z", amr: ["pwd"] };

/** Functions whose requests are answered with this, and what was requested. */
function answered(t, status, body) {
  const requests = [];
  t.mock.method(globalThis, "fetch", async (url, init) => {
    requests.push([init.method, url, init.credentials, init.body]);
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
  return { session: sessionAt(`${ORG}/`), requests };
}

const read = { login: "ada", userId: "00u1", status: "ACTIVE", expiresAt: new Date(SESSION.expiresAt) };

for (const [name, status, body, expected, request] of [
  ["get", 200, SESSION, read, ["GET", "sessions/me"]],
  ["exists", 200, SESSION, true, ["GET", "sessions/me"]],
  ["refresh", 200, SESSION, read, ["POST", "sessions/me/lifecycle/refresh"]],
  ["close", 204, undefined, true, ["DELETE", "sessions/me"]],
  ["closeAll", 200, {}, true, ["POST", "users/me/lifecycle/delete_sessions", '{"keepCurrent":false}']],
]) {
  test(`${name} asks the org with cookies, and says where there is no session`, async (t) => {
    const { session, requests } = answered(t, status, body);
    assert.deepEqual(await session[name](), expected);
    const [method, path, sent] = request;
    assert.deepEqual(requests, [[method, `${ORG}/api/v1/${path}`, "include", sent]]);
    t.mock.restoreAll();
    const none = answered(t, name === "closeAll" ? 403 : 404, { errorCode: name === "closeAll" ? "E0000005" : "E0000007" });
    assert.deepEqual(await none.session[name](), expected === true ? false : null);
  });

  test(`${name} rejects where the org can't be asked`, async (t) => {
    const { session } = answered(t, 429, { errorCode: "E0000047" });
    await assert.rejects(session[name](), { status: 429 });
    t.mock.restoreAll();
    const other = answered(t, 403, { errorCode: "E0000212" });
    await assert.rejects(other.session[name](), { status: 403 });
    t.mock.restoreAll();
    t.mock.method(globalThis, "fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    await assert.rejects(sessionAt(ORG)[name](), TypeError);
  });
}

test("a session that waits for a factor is none yet, and one can keep this one", async (t) => {
  const { session, requests } = answered(t, 200, { ...SESSION, status: "MFA_REQUIRED", expiresAt: "soon" });
  assert.equal(await session.exists(), false);
  assert.deepEqual(await session.get(), { ...read, status: "MFA_REQUIRED", expiresAt: null });
  await session.closeAll({ keepCurrent: true });
  assert.equal(requests.at(-1)[3], '{"keepCurrent":true}');
});

test("an org has an address", () => {
  for (const address of ["", "acme", "javascript:alert(1)", "ftp://acme.okta.com"]) assert.throws(() => sessionAt(address), TypeError);
});
