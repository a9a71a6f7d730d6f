// The module for a page of okta-signin-widget that is built with a bundler: it exports the class `OktaSignIn`.
// Not here: the class (drop-in/class.js); the same for a classic script tag (okta-sign-in-drop-in.js).

import { createOktaSignIn } from "./drop-in/class.js";

// Both are files of the package. A bundler makes a chunk of it.
export const OktaSignIn = createOktaSignIn(() => import("./okta-sign-in.module.js"));
export default OktaSignIn;
