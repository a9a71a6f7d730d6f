import assert from "node:assert/strict";
import test from "node:test";
import { start } from "okta-emulator";

async function post(url, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
}

test("signs in with a text message", async (t) => {
  const org = await start();
  t.after(() => org.close());

  const { stateToken, _embedded } = await post(`${org.url}/api/v1/authn`, {
    username: "jeff.beck",
    password: "xaxaxaxaxa",
  });
  const { href } = _embedded.factors.find((factor) => factor.factorType === "sms")._links.verify;
  await post(href, { stateToken });
  const passCode = (await org.outbox()).at(-1).code;
  const { status } = await post(href, { stateToken, passCode });
  assert.equal(status, "SUCCESS");
});

test("users of its own", async (t) => {
  const org = await start({
    pageOrigins: ["http://localhost:3000"],
    config: {
      org: { name: "Acme" },
      policies: { sign_on: { default: { require_factor: false } }, password: { default: {} }, enroll: { default: {} } },
      users: [{ login: "lin@acme.example", first_name: "Lin", last_name: "Lee", password: "Correct-Horse-1" }],
    },
  });
  t.after(() => org.close());

  const [{ login }] = await org.users();
  assert.equal(login, "lin@acme.example");
});
