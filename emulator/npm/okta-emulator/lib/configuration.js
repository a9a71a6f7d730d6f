// The configuration as a file that the program can read. Not here: what is in it (`toml.js`, and the documentation of
// the emulator).

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toToml } from "./toml.js";

const nothing = async () => {};

/**
 * The file's path, and what removes it: a path stays as it is, an object or a text of TOML is written into a new folder
 * that only this user can read, for it may have passwords. A text with a line break is TOML.
 */
export async function configurationFile(config) {
  if (config === undefined) return { path: undefined, remove: nothing };
  if (config instanceof URL) return { path: fileURLToPath(config), remove: nothing };
  if (typeof config === "string" && !config.includes("\n")) return { path: config, remove: nothing };
  if (typeof config !== "string" && (typeof config !== "object" || config === null)) {
    throw new TypeError("`config` is the path of a file, a text of TOML with a line break, or an object.");
  }
  const text = typeof config === "string" ? config : toToml(config);
  const folder = await mkdtemp(join(tmpdir(), "okta-emulator-"));
  const path = join(folder, "config.toml");
  await writeFile(path, text, { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
