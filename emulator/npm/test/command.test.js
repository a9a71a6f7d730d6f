// The command `okta-emulator`, as `npx` and scripts of a package run it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import test from "node:test";

import { packageOf } from "../node_modules/okta-emulator/lib/program.js";
import { ADA, refused, signIn } from "./sign-in.js";

const require = createRequire(import.meta.url);
const COMMAND = require.resolve("okta-emulator/package.json").replace("package.json", "bin/okta-emulator.js");

/** Starts it, and waits for the line that says where it listens. */
async function start(program, args) {
  const child = spawn(program, [...args, "--port", "0", "--control"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, url: line.replace("emulator listening on ", "") };
}

test("npx starts it, it answers a sign-in, and SIGTERM stops it", async (t) => {
  const began = performance.now();
  const { child, url } = await start("npx", ["--no-install", "okta-emulator"]);
  const { status, body } = await signIn(url, ...ADA);
  t.diagnostic(`npx okta-emulator to the first answer: ${Math.round(performance.now() - began)} ms`);
  assert.deepEqual([status, body.status], [200, "SUCCESS"]);
  child.kill("SIGTERM");
  await refused(url);
});

test("a signal reaches the program, whose exit code is the command's", async () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { child, url } = await start(process.execPath, [COMMAND]);
    child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [0, null], signal);
    await assert.rejects(fetch(url), "it still listens");
  }
});

test("arguments, output and exit code are the program's", () => {
  const run = (...args) => spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8" });
  const users = run("--list-users", "--json");
  assert.equal(users.status, 0, users.stderr);
  assert.ok(JSON.parse(users.stdout).some((user) => user.login.startsWith("ada.byron")));
  const wrong = run("--no-such-option");
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /--no-such-option/);
});

test("the version is that of the package", () => {
  const { stdout } = spawnSync(process.execPath, [COMMAND, "--version"], { encoding: "utf8" });
  assert.equal(stdout.trim(), `okta-emulator ${require("okta-emulator/package.json").version}`);
});

test("it says what to do where the program is not there", () => {
  const run = (env) => spawnSync(process.execPath, [COMMAND], { encoding: "utf8", env: { ...process.env, ...env } });
  const wrong = run({ OKTA_EMULATOR_BINARY: "/nowhere/okta-emulator" });
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /OKTA_EMULATOR_BINARY names \/nowhere\/okta-emulator.*unset it/);
  // As on a platform whose package was not installed.
  const platform = (name) => `data:text/javascript,Object.defineProperty(process, "arch", { value: "${name}" })`;
  const other = process.arch === "x64" ? "arm64" : "x64";
  const on = (name) => run({ OKTA_EMULATOR_BINARY: "", NODE_OPTIONS: `--import=${encodeURI(platform(name))}` });
  const absent = on(other);
  assert.equal(absent.status, 1);
  assert.ok(absent.stderr.includes(packageOf(process.platform, other)), absent.stderr);
  assert.match(absent.stderr, /Install again without `--omit=optional`/);
  assert.match(on("riscv64").stderr, /has no program for \w+-riscv64, only for .*linux-x64/);
});

test("no script runs when it is installed", () => {
  for (const name of ["okta-emulator", packageOf()]) {
    assert.equal(require(`${name}/package.json`).scripts, undefined, name);
  }
});
