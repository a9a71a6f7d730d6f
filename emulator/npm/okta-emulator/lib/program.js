// Where the program is: in the package of this platform, or where a variable says. Not here: starting it.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, env, platform } from "node:process";

const require = createRequire(import.meta.url);

/** The name of the package that has the program for a platform. */
export function packageOf(system = platform, processor = arch) {
  return `okta-emulator-${system}-${processor}`;
}

/** The path of the program; an error that says what to do where it is absent. */
export function program() {
  const set = env.OKTA_EMULATOR_BINARY;
  if (set) {
    if (existsSync(set)) return set;
    throw new Error(`OKTA_EMULATOR_BINARY names ${set}, which does not exist. Correct the variable, or unset it.`);
  }
  const wanted = packageOf();
  try {
    return require.resolve(`${wanted}/bin/okta-emulator${platform === "win32" ? ".exe" : ""}`);
  } catch {
    throw new Error(absent(wanted));
  }
}

function absent(wanted) {
  const { optionalDependencies } = require("../package.json");
  if (!(wanted in optionalDependencies)) {
    const known = Object.keys(optionalDependencies).map((name) => name.replace("okta-emulator-", ""));
    return (
      `okta-emulator has no program for ${wanted.replace("okta-emulator-", "")}, only for ${known.join(", ")}. ` +
      "Build it with `cargo install okta-emulator`, and set OKTA_EMULATOR_BINARY to its path."
    );
  }
  return (
    `The package ${wanted}, which has the program for this platform, is not installed. ` +
    "Install again without `--omit=optional` (or `--no-optional`), on the platform where the program runs: " +
    "`node_modules` that were copied from another platform have the program of that one. " +
    "Or set OKTA_EMULATOR_BINARY to the path of a program that you have built."
  );
}
