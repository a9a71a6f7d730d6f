// A sign-in as a client of `/api/v1/authn` makes it, and waiting for the end of an org. Not here: what is tested.

import assert from "node:assert/strict";

/** Posts to the org, and reads the answer. */
export async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

export function signIn(org, username, password) {
  return post(`${org}/api/v1/authn`, { username, password });
}

export const ADA = ["ada.byron", "Analytical1843"];
export const JEFF = ["jeff.beck", "xaxaxaxaxa"];

/** Waits until nothing listens there. */
export async function refused(url) {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const answer = await fetch(url).catch((error) => error);
    if (answer.cause?.code === "ECONNREFUSED") return;
  }
  assert.fail(`${url} still answers`);
}
