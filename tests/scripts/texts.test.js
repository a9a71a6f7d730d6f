import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { LOAD_FAILED, RELOAD, RETRY, STOPPED } from "../../src/embed/js/texts.js";

test("the scripts say what the catalogue says", async () => {
  const catalogue = JSON.parse(await readFile(new URL("../../locales/en.arb", import.meta.url), "utf8"));
  const keys = ["load.failed", "stopped.reload", "action.retry", "stopped.text"];
  assert.deepEqual(
    keys.map((key) => catalogue[key]),
    [LOAD_FAILED, RELOAD, RETRY, STOPPED],
  );
});
