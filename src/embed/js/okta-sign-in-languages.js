// The languages besides English, and the page's own words: finds the language that fits, and loads its messages.
// okta-sign-in.js loads this file where a widget does not just speak English.
// Not here: when; what is checked of the page's own words (own-words.js).

import { importChecked } from "./import-checked.js";
import { LANGUAGE_FILES } from "./language-list.js";
import { waited } from "./language.js";
import { matching } from "./matching-language.js";
import { ownWords } from "./own-words.js";
import { warn } from "./warn.js";

const ENGLISH = "en";

// The languages that were loaded, by tag and own words: widgets that speak alike share one.
const known = new Map();

/**
 * Resolves to the language of the first tag in `wanted` that one fits: `{language, isRightToLeft, messages, scripts,
 * plural(number), number(number), rest(show), whole()}`. `option` is the tag that the page asks for, `own` has its own words.
 */
export async function load(wanted, option, own) {
  const tags = [...Object.keys(LANGUAGE_FILES), ENGLISH];
  const tag = wanted.map((tag) => matching(tag, tags)).find(Boolean) ?? ENGLISH;
  if (option && !matching(option, tags)) warn("language:", `there is no ${option}; ${tag} is used`);
  const name = JSON.stringify([tag, own]);
  if (!known.has(name)) known.set(name, create(tag, own));
  const language = known.get(name);
  // Whoever asks again tries again.
  language.catch(() => known.delete(name));
  return language;
}

async function create(tag, own) {
  const file = tag === ENGLISH ? { messages: {}, scripts: {} } : (await importChecked(LANGUAGE_FILES[tag][0])).default;
  const words = await ownWords(own, tag, file.scripts);
  // A browser that does not know the language would take its own for it.
  const [locale = ENGLISH] = Intl.PluralRules.supportedLocalesOf(tag);
  const rules = new Intl.PluralRules(locale);
  const format = new Intl.NumberFormat(locale);
  const language = {
    language: tag,
    isRightToLeft: file.isRightToLeft,
    messages: { ...file.messages, ...words.messages },
    scripts: { ...file.scripts, ...words.scripts },
    plural: (number) => rules.select(number),
    number: (number) => format.format(number),
  };
  return Object.assign(language, restOf(language, LANGUAGE_FILES[tag]?.[1], words.messages));
}

// Returns the functions that load the other messages. With `show`, `rest` returns a promise for the moment when a step can be
// shown: in this language, or where that takes too long in English until it is there. `whole` resolves to whether they are there.
function restOf(language, file, own) {
  let loading;
  let isWhole = !file;
  let attempts = 0;
  const loadRest = async () => {
    try {
      const { messages } = (await importChecked(file, attempts)).default;
      Object.assign(language.messages, messages, own);
      isWhole = true;
    } catch (error) {
      console.error(error);
      attempts += 1;
      loading = undefined;
    }
  };
  function rest(show) {
    if (isWhole) return undefined;
    const mine = (loading ??= loadRest());
    return show && Promise.race([mine, waited()]).then(() => {
      if (isWhole) return;
      show(undefined);
      mine.then(() => isWhole && show(language));
    });
  }
  async function whole() {
    if (!isWhole) await (loading ??= loadRest());
    return isWhole;
  }
  return { rest, whole };
}
