// The page's address, where it has tokens: they are removed before anything else is requested, so that no request has
// them in its `Referer`, and kept for the widget that asks for them.
// Not here: what a token leads to.

import {
  ACTIVATION_TOKEN_PARAMETER,
  FALSE_VALUE,
  RECOVERY_TOKEN_PARAMETER,
  RESUME_ATTRIBUTE,
  STATE_TOKEN_PARAMETER,
} from "./constants.js";

const TOKEN_PARAMETERS = [STATE_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, ACTIVATION_TOKEN_PARAMETER];

let opened;

/**
 * Removes the tokens from the page's address if a widget with `config`, or with the attributes of `element`, reads them
 * there. Returns whether it starts with the step of a token.
 */
export function keepTokens(element, config) {
  // A property of an element that is not defined yet is the page's own; React writes its name as an attribute.
  const attribute = (name) => element.getAttribute(name);
  const resumes = config
    ? config.resumeFromUrl
    : (element.resumeFromUrl ?? attribute(RESUME_ATTRIBUTE) ?? attribute("resumefromurl"));
  if ((resumes ?? false) === false || resumes === FALSE_VALUE) return false;
  const url = new URL(location.href);
  const found = TOKEN_PARAMETERS.filter((name) => url.searchParams.get(name));
  if (found.length) {
    opened = url.href;
    for (const name of found) url.searchParams.delete(name);
    history.replaceState(history.state, "", url);
  }
  return opened !== undefined;
}

/** Returns the address with the tokens that were kept, once. */
export function takeAddress() {
  const address = opened;
  opened = undefined;
  return address;
}
