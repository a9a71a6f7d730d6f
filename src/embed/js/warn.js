// Tells the developer of a page what is wrong with it.
// Not here: what a person reads.

/** Warns of the problem of an option. */
export const warn = (option, problem) => console.warn(`okta-sign-in: ${option} ${problem}`);
