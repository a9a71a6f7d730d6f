// Which languages there are besides English. The build knows (xtask/src/scripts/languages.rs), and writes in place of this.
// Not here: their files (language-list.js).

/** The tag of each. */
export const LANGUAGE_TAGS = [];
