// What the drop-in says itself. A test compares it with locales/en.arb.
// Not here: what the page's options say.

/** `widget.misconfigured` */
export const MISCONFIGURED = "This sign-in form isn't set up correctly.";
/** `primary.forgot` */
export const FORGOT = "Forgot password?";
/** `primary.unlock` */
export const UNLOCK = "Unlock account";
/** `primary.signup` */
export const SIGN_UP = "Sign up";
