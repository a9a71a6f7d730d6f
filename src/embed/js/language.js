// The language of a widget: has its messages loaded where it is not English, or where the page has words of its own.
// Not here: which language fits, and where its messages are (okta-sign-in-languages.js).

import { LANGUAGES } from "./files.js";
import { importChecked } from "./import-checked.js";

/**
 * Resolves when a form has waited for its language long enough: it is in English then, until the language is there. One that
 * can be read in that language meanwhile waits longer, because it would change twice.
 */
export const waited = (isReadable) => new Promise((resolve) => setTimeout(resolve, isReadable ? 3000 : 200));

/**
 * Returns the language of the widget in `element`. `show(language)` has the widget say everything in it; `undefined` is
 * English.
 */
export function languageOf(element, show) {
  let loading, chosen, shown, isFurther;
  const change = (language) => show((shown = language));
  return {
    /**
     * Chooses it: the option `language`, else what the page says about this place, else what the browser prefers. `own` has
     * what the page says in other words, `strings` and `applicationName`.
     */
    choose(language, own) {
      const place = element.closest("[lang]") ?? element.getRootNode().host?.closest("[lang]");
      const wanted = [language, place?.lang, ...(navigator.languages ?? [])].filter(Boolean);
      const isPlain = /^en\b/i.test(wanted[0]) && !own.strings && !own.applicationName;
      const load = ({ load }) => load(wanted, language, own);
      const mine = (loading = isPlain ? Promise.resolve() : importChecked(LANGUAGES).then(load).catch(console.error));
      mine.then(async (found) => {
        // A step after the first form needs all its texts: until they are there, the language before stays.
        const isWhole = !isFurther || !found || (await found.whole());
        if (mine !== loading) return;
        chosen = found;
        change(isWhole ? found : undefined);
      });
    },

    /**
     * Resolves to the language, or `undefined` where it is not there in time. With `all`, it has the texts of every step. `isReadable`
     * says whether the page has a form in another language than English already.
     */
    async settled(all, isReadable) {
      await Promise.race([loading, waited(isReadable)]);
      if (all) await this.rest();
      return shown;
    },

    /** Loads the texts of the steps after the first form. Returns a promise where they have to be waited for. */
    rest() {
      const mine = chosen;
      isFurther = true;
      return mine?.rest((language) => mine === chosen && change(language));
    },

    /** Loads them without anybody waiting. */
    prefetch: () => chosen?.rest(),

    /** Returns the tag of the language that is shown. */
    tag: () => shown?.language ?? "en",

    /** Returns what the scripts say, by its key. */
    text: (key) => shown?.scripts[key],
  };
}
