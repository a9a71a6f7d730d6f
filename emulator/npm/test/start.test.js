// How orgs start and stop from Node.js.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";
import { pathToFileURL } from "node:url";

import { start } from "okta-emulator";

import { ADA, refused, signIn } from "./sign-in.js";

const LIN = { login: "lin@example.com", first_name: "Lin", last_name: "Lee", password: "Correct-Horse-1" };
const CONFIG = {
  org: { name: "Test" },
  hashing: { memory_kib: 8, iterations: 1 },
  policies: { sign_on: { default: { require_factor: false } }, password: { default: {} }, enroll: { default: {} } },
  users: [LIN],
};
const TEXT = `
[org]
name = "Test"
[hashing]
memory_kib = 8
iterations = 1
[policies.sign_on.default]
require_factor = false
[policies.password.default]
[policies.enroll.default]
[[users]]
${Object.entries(LIN)
  .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
  .join("\n")}
`;

/** Runs `use` with an org, and closes that as `await using` does where Node.js has it (from 24 on). */
async function withOrg(options, use) {
  const org = await start(options);
  try {
    await use(org);
  } finally {
    await org[Symbol.asyncDispose]();
  }
}

const logins = async (org) => (await org.users()).map((user) => user.login);

test("several orgs run at once, each with a port of its own", async () => {
  const [one, other] = await Promise.all([start(), start({ config: CONFIG })]);
  assert.notEqual(one.url, other.url);
  assert.equal((await signIn(one.url, ...ADA)).status, 200);
  assert.deepEqual(await logins(other), ["lin@example.com"]);
  await Promise.all([one.close(), other.close()]);
});

test("the configuration is an object, a text, a path or the address of a file", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "okta-emulator-test-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "org.toml");
  await writeFile(path, TEXT);
  for (const config of [CONFIG, TEXT, path, pathToFileURL(path)]) {
    await withOrg({ config }, async (org) => {
      assert.deepEqual(await logins(org), ["lin@example.com"]);
      assert.equal((await signIn(org.url, "lin@example.com", LIN.password)).body.status, "SUCCESS");
    });
  }
});

test("what was written for a configuration is removed", async () => {
  const written = async () => (await readdir(tmpdir())).filter((name) => /^okta-emulator-\w{6}$/.test(name));
  const before = await written();
  await (await start({ config: CONFIG })).close();
  await assert.rejects(start({ config: { users: 7 } }));
  assert.deepEqual(await written(), before);
});

test("a mistake in the configuration is the error", async () => {
  await assert.rejects(start({ config: "[hashing]\nmemory = 8\n" }), /memory/);
  await assert.rejects(start({ config: "/nowhere/org.toml" }), /\/nowhere\/org\.toml/);
  await assert.rejects(start({ config: { users: [{ login: null }] } }), /config\.users\[0\]\.login is null.*Leave/);
  await assert.rejects(start({ config: 7 }), /`config` is the path/);
});

test("a mistake in the options is the error", async () => {
  await assert.rejects(start({ pageOrigin: "http://localhost:3000" }), /no option pageOrigin\. It has .*pageOrigins/);
  await assert.rejects(start({ pageOrigins: "localhost" }), /`localhost` is not an origin/);
  await assert.rejects(start({ tls: "yes" }), /`tls` is true, or/);
});

test("a port in use is the error", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const { port } = server.address();
  await assert.rejects(start({ port }), new RegExp(`Port ${port} is in use`));
});

test("a program that is not there, or is none, is the error", async (t) => {
  t.after(() => delete process.env.OKTA_EMULATOR_BINARY);
  process.env.OKTA_EMULATOR_BINARY = "/nowhere/okta-emulator";
  await assert.rejects(start(), /OKTA_EMULATOR_BINARY names \/nowhere\/okta-emulator/);
  process.env.OKTA_EMULATOR_BINARY = import.meta.filename;
  await assert.rejects(start(), /okta-emulator could not be started/);
});

test("several pages may call it", async () => {
  const pageOrigins = ["http://localhost:3000", "http://app.localhost:4000"];
  await withOrg({ pageOrigins }, async (org) => {
    for (const origin of [...pageOrigins, "http://localhost:5000"]) {
      const answer = await fetch(`${org.url}/api/v1/sessions/me`, { headers: { Origin: origin } });
      const allowed = answer.headers.get("access-control-allow-origin");
      assert.equal(allowed, pageOrigins.includes(origin) ? origin : null, origin);
    }
  });
});

test("HTTPS, by an authority that is made at the start", async () => {
  await withOrg({ tls: true }, async (org) => {
    assert.match(org.url, /^https:/);
    assert.match(org.authority, /^-----BEGIN CERTIFICATE-----/);
    assert.ok((await org.users()).length > 1);
  });
});

test("it is closed twice, and says so to calls after that", async () => {
  const org = await start();
  await Promise.all([org.close(), org.close()]);
  await org.close();
  await assert.rejects(fetch(org.url), "it still listens");
  await assert.rejects(org.users(), /This org was closed/);
});

test("it says so when the program was killed", async (t) => {
  const org = await start();
  const pid = await child();
  if (pid === undefined) return t.skip("there is no /proc to find the process");
  process.kill(pid, "SIGKILL");
  await assert.rejects(org.users(), /okta-emulator ended \(SIGKILL\)/);
  await org.close();
});

/** The child process that was started last. */
async function child() {
  try {
    const children = await readFile(`/proc/self/task/${process.pid}/children`, "utf8");
    return Number(children.trim().split(" ").at(-1));
  } catch {
    return undefined;
  }
}

for (const how of ["ends without close", "is killed"]) {
  test(`it ends when the process that started it ${how}`, async () => {
    const wait = how === "is killed" ? "setInterval(() => {}, 1000);" : "";
    const script = `import { start } from "okta-emulator"; console.log((await start()).url); ${wait}`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: import.meta.dirname,
    });
    const [url] = await once(createInterface({ input: child.stdout }), "line");
    if (wait) child.kill("SIGKILL");
    await once(child, "exit");
    await refused(url);
  });
}
