// Loads the rules of phone numbers (okta-sign-in-phone.js) when the program asks for them.
// Not here: what they say.

import { PHONE } from "./files.js";
import { importChecked } from "./import-checked.js";

let loading;
let attempts = 0;

/** Resolves to the rules. They are loaded once; after a failure, the next call tries again. */
export function loadPhoneRules() {
  return (loading ??= importChecked(PHONE, attempts).then(
    ({ rules }) => rules,
    (error) => {
      loading = undefined;
      attempts += 1;
      throw error;
    },
  ));
}
