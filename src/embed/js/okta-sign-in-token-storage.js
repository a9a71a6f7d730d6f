// The script for a page that has the widget keep its tokens (`tokens.storage`): gives them back, also after a reload, and
// drops them. A page imports it; nothing else loads it.
// Not here: putting the first tokens there, which the program does (src/effects/tokens/result.rs).

import { KEPT_TOKENS_KEY } from "./constants.js";
import { whenSignedOut } from "./token-storage/signed-out.js";
import { unexpired } from "./token-storage/unexpired.js";

export const tokens = {
  /** The kept tokens without those that have expired; `null` where there are none. */
  get() {
    const kept = unexpired(read(), Date.now());
    if (!kept) tokens.clear();
    return kept;
  },

  /** Replaces the kept tokens, after a page has refreshed them, in the same place. */
  set(result) {
    if (globalThis[KEPT_TOKENS_KEY]) globalThis[KEPT_TOKENS_KEY] = result;
    else if (inTab()) sessionStorage.setItem(KEPT_TOKENS_KEY, JSON.stringify(result));
    else throw new Error("okta-sign-in: no tokens are kept: tokens.storage is none, or the person has signed out");
  },

  /** Drops the kept tokens: when the person signs out. */
  clear() {
    delete globalThis[KEPT_TOKENS_KEY];
    if (inTab()) sessionStorage.removeItem(KEPT_TOKENS_KEY);
  },
};

// On a server there is no page.
if (globalThis.document) whenSignedOut(tokens.clear);

function read() {
  const inMemory = globalThis[KEPT_TOKENS_KEY];
  if (inMemory) return inMemory;
  try {
    return JSON.parse(inTab());
  } catch {
    // Somebody else's.
    return null;
  }
}

// A browser that refuses storage has nothing in it.
function inTab() {
  try {
    return sessionStorage.getItem(KEPT_TOKENS_KEY);
  } catch {
    return null;
  }
}
