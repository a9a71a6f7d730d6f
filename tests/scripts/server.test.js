import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const SCRIPTS = fileURLToPath(new URL("../../src/embed/js", import.meta.url));

// What the build puts into one file with the program.
const BUILT = "without-wasm.js";

test("importing any script where there is no page does nothing", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "okta-server-"));
  t.after(() => rm(folder, { recursive: true }));
  await cp(SCRIPTS, folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  // What the build bundles.
  await symlink(fileURLToPath(new URL("node_modules", import.meta.url)), join(folder, "node_modules"));
  const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js") && name !== BUILT);
  assert.ok(["okta-sign-in.js", "okta-my-factors.js", "okta-sign-in-phone.js"].every((script) => scripts.includes(script)));
  for (const script of scripts) {
    const url = JSON.stringify(pathToFileURL(join(folder, script)));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", `import(${url})`]);
    assert.deepEqual([script, stdout, stderr], [script, "", ""]);
  }
});
