import assert from "node:assert/strict";
import test from "node:test";
import { GenericContainer, Wait } from "testcontainers";

test("signs in at an org in a container", async (t) => {
  const container = await new GenericContainer("okta-emulator")
    .withExposedPorts({ container: 8081, host: 8081 })
    .withCommand(["--page-origin", "http://localhost:3000"])
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
  t.after(() => container.stop());

  const answer = await fetch("http://localhost:8081/api/v1/authn", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: "ada.byron", password: "Analytical1843" }),
  });
  /** @type {any} */
  const transaction = await answer.json();
  assert.equal(transaction.status, "SUCCESS");
});
