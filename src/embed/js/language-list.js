// What the build knows of the languages (xtask/src/scripts/languages.rs), and writes in place of this.
// Not here: how a file is loaded.

/** The files of each language by its tag: with the messages of the first form, and with the others. */
export const LANGUAGE_FILES = {};

/** The number of the message that the name of the application changes. */
export const TITLE = 0;
