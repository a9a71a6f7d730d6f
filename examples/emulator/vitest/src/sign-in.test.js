import { start } from "okta-emulator";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { signIn } from "./sign-in.js";

let org;

beforeAll(async () => {
  org = await start();
});
afterEach(() => org.reset());
afterAll(() => org.close());

const code = async () => (await org.codes("jeff.beck"))[0].code;

test("signs in with the code of an app", async () => {
  await expect(signIn(org.url, "jeff.beck", "xaxaxaxaxa", code)).resolves.toMatch(/^\w+/);
});

test("a code works for a short time", async () => {
  const old = await code();
  await org.clock.advance(600);
  await expect(signIn(org.url, "jeff.beck", "xaxaxaxaxa", () => old)).rejects.toThrow("Invalid Passcode/Answer");
});

test("an account that is locked out", async () => {
  await org.changeUser("jeff.beck", { lockedOut: true });
  await expect(signIn(org.url, "jeff.beck", "xaxaxaxaxa", code)).rejects.toThrow("Authentication failed");
});
