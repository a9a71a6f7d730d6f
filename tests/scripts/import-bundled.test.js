import assert from "node:assert/strict";
import { test } from "node:test";

import { importChecked } from "../../src/embed/js/import-bundled.js";

test("a script is what the bundler makes of its import", async () => {
  const module = {};
  assert.equal(await importChecked({ load: async () => module }, 1), module);
});
