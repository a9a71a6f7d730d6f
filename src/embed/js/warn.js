// Tells the developer of a page what is wrong with it.
// Not here: what a person reads.

/** Warns of a problem: a text, or an option and what is wrong with it. */
export const warn = (...words) => console.warn(`okta-sign-in: ${words.join(" ")}`);
