// The files that the scripts load, each with its hash. The build writes the hashes, and other parts with their names
// (xtask/src/scripts.rs); without a build nothing is checked. Each address is written out, so that bundlers find the
// file and put in where they have copied it to.
// Not here: how a file is loaded.

/** The script of the program. */
export const CORE = { url: new URL("./okta-sign-in-core.js", import.meta.url), integrity: "" };
/** Its WebAssembly. */
export const MODULE = { url: new URL("./okta-sign-in-core_bg.wasm", import.meta.url), integrity: "" };
/** The same program as a script, for browsers without WebAssembly. */
export const SCRIPT = { url: new URL("./okta-sign-in-core-js.js", import.meta.url), integrity: "" };
/** What a page with a brand needs besides. */
export const BRAND = { url: new URL("./okta-sign-in-brand.js", import.meta.url), integrity: "" };
/** What a widget needs that does not just speak English. */
export const LANGUAGES = { url: new URL("./okta-sign-in-languages.js", import.meta.url), integrity: "" };
/** The keys of all messages, for a page with words of its own. */
export const STRINGS = { url: new URL("./okta-sign-in-strings.js", import.meta.url), integrity: "" };
/** The rules of phone numbers, for a step that asks for one. */
export const PHONE = { url: new URL("./okta-sign-in-phone.js", import.meta.url), integrity: "" };
/** The second part of the program, where it has several. */
export const SECOND_PART = undefined;
/** The third part, which asks for tokens, where there is a second one. */
export const TOKENS_PART = undefined;
