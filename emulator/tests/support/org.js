// Starts the emulator for the tests of other projects' clients: the sample org, without limits that tests would reach. It
// is started by the package for Node.js, with the debug build where OKTA_EMULATOR_BINARY names no other program. Not
// here: what one client needs besides.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { start } from "../../npm/okta-emulator/index.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIMITS = "\n[limits]\nsign_ins_per_second = 1000\ncalls_per_10_seconds = 1000\n";

/** An org that trusts the page; `more` is added to its configuration. */
export function startOrg(page, more = "") {
  process.env.OKTA_EMULATOR_BINARY ??= here("../../../target/debug/okta-emulator");
  const config = readFileSync(here("../../sample-org.toml"), "utf8") + LIMITS + more;
  return start({ pageOrigins: [page], config });
}

/** What every suite does with its org; each adds what its client needs. */
export class TestOrg {
  constructor(emulator) {
    Object.assign(this, { emulator, address: emulator.url });
  }

  stop() {
    return this.emulator.close();
  }

  control(path, body) {
    return this.emulator.control(body ? "POST" : "GET", path, body);
  }

  /** Puts the clock forward. */
  advance(seconds) {
    return this.emulator.clock.advance(seconds);
  }
}
