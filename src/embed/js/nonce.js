// The nonce of the page's policy, where it allows scripts and style sheets by one.
// Not here: who passes it on.

/** Returns the nonce that the page's scripts have, or an empty text. */
export const pageNonce = () => document.querySelector("script[nonce]")?.nonce || "";
