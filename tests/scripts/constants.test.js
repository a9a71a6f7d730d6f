import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { STATIC_ATTRIBUTE } from "../../src/embed/js/constants.js";

// What the style sheet itself shows, and no script.
const LATE_ATTRIBUTE = "data-oaw-late";

test("the style sheet uses the same attributes", async () => {
  const styles = await readFile(new URL("../../styles/widget.css", import.meta.url), "utf8");
  const used = new Set(styles.match(/(?<=\[)data-oaw-[\w-]+/g));
  assert.deepEqual([...used].sort(), ["data-oaw-held", LATE_ATTRIBUTE, STATIC_ATTRIBUTE]);
});
