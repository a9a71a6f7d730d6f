// What the brand's parts say. A test compares it with locales/en.json.
// Not here: what the program says.

/** By key. */
export const TEXTS = {
  "brand.title": "Sign in to {application}",
  "brand.help": "Help",
  "brand.contact": "Contact us",
  "brand.terms": "Terms of service",
  "brand.privacy": "Privacy policy",
  "brand.new_window": "(opens in a new window)",
};

/** The program's messages that the name of the application needs. */
export const START = { "primary.title": "Sign in", "primary.submit": "Sign in" };
