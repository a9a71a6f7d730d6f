// Starts the program where WebAssembly is missing or refused: the same program as a script. The build puts this file
// into one with that script and the one that wasm-bindgen generates (xtask/link).
// Not here: what the program does; when this is loaded (loader.js).

import { __wbg_set_wasm } from "./okta-sign-in-core-js_bg.js";
import program from "./program.js";

export { mount, mountManageFactors, prefetch } from "./okta-sign-in-core-js_bg.js";

/** Starts the program. The module of the program with WebAssembly has the same function. */
export default async function start() {
  __wbg_set_wasm(program);
  program.__wbindgen_start();
}
