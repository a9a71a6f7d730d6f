// What the brand's parts say. A test compares it with locales/en.arb.
// Not here: what the program says; other languages.

/** By key. */
export const TEXTS = {
  "brand.help": "Help",
  "brand.contact": "Contact us",
  "brand.terms": "Terms of service",
  "brand.privacy": "Privacy policy",
  "brand.new_window": "(opens in a new window)",
  "brand.idp": "Sign in with {provider}",
  "brand.piv": "Sign in with a smart card",
  "brand.piv_wait": "Insert your card and choose its certificate.",
  "brand.piv_failed": "Your card couldn't be used. Try again, or sign in another way.",
  "brand.or": "or",
  "brand.image": "Your security image",
  "brand.image_new": "You haven't signed in with this browser yet, so there's no security image.",
};
