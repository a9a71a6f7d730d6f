#!/usr/bin/env node
// Runs the program with the same arguments, input and output, and ends as it ends.

import { spawn } from "node:child_process";
import process from "node:process";

import { program } from "../lib/program.js";

const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP"];

let path;
try {
  path = program();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
// The program decides what a signal means. A Ctrl-C reaches both, and a second one of the same kind does no harm.
for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
stopWithNpm();
child.on("error", (error) => {
  process.stderr.write(`${path} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of PASSED_ON) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});

// A SIGTERM to npm, as `kill` after `npx okta-emulator &` sends it, ends the shell between npm and this process, which
// hears nothing of it. Others may let their children go on after them, so only npm is watched.
function stopWithNpm() {
  if (process.env.npm_execpath === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 200).unref();
}
