// The language of a page of okta-signin-widget: the option `language`, else what the browser prefers, as there.
// Not here: the texts (strings.js).

import { matching } from "../matching-language.js";

/** Returns our option `language`. `tags` are the languages of the widget. */
export function languageOf(option, tags) {
  const wanted = [...(globalThis.navigator?.languages ?? [])];
  return chosen(option, tags, wanted) || (wanted.map((tag) => matching(tag, tags)).find(Boolean) ?? "en");
}

// The page's own function may fail.
function chosen(option, tags, wanted) {
  if (typeof option !== "function") return option;
  try {
    return option([...tags], wanted);
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
