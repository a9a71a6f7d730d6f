// The script for a page of okta-signin-widget, loaded by a classic script tag: it defines the global `OktaSignIn`.
// Not here: the class (drop-in/class.js); the same for a bundler (okta-sign-in-drop-in.module.js).

import { createOktaSignIn } from "./drop-in/class.js";

if (typeof document !== "undefined") {
  // Known only while the script runs. A module has none.
  const src = document.currentScript?.src;
  if (!src) throw new Error("okta-sign-in-drop-in.js has to be loaded by a script tag with src, without type=module");
  let loading;
  let attempts = 0;
  globalThis.OktaSignIn = createOktaSignIn(() => (loading ??= load()));

  async function load() {
    const url = new URL("./okta-sign-in.js", src);
    // A browser may remember that a module could not be fetched: another attempt has another address.
    if (attempts) url.search = attempts;
    try {
      return await import(url);
    } catch (error) {
      loading = undefined;
      attempts += 1;
      throw error;
    }
  }
}
