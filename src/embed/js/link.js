// Loads a part of the program and links it to the part that runs: all share one memory and one table of functions. The
// build puts this file into the script of the WebAssembly module and says what `exports` is (xtask/link). Not here: when a
// part is loaded, and what the program does without it.

// The files, as files.js has them. The loader names them: a bundler may have moved them away from this script.
let parts;

/** Says where the parts after the first are, and by which hash each is checked. */
export function setParts(...files) {
  parts = files;
}

/**
 * Returns the function that the program calls to have the part of this number loaded. It answers by calling the function
 * with the index `callback` in the program's table, with `data` and whether the part is there now.
 *
 * @param {number} number
 * @param {() => WebAssembly.Exports} exports returns what the running module exports
 */
export function loader(number, exports) {
  let linking;
  let failed = false;

  async function link() {
    // What a cache holds may be the reason that it failed before.
    const { url, integrity } = parts[number];
    const response = await fetch(url, { integrity, cache: failed ? "reload" : "default" });
    if (!response.ok) throw new Error(`${response.status} for ${url}`);
    // A part of another build imports a name that this module does not export: the engine refuses to link it,
    // before it changes the memory or the table.
    const imports = { __wasm_split: exports() };
    // Compiling while loading works with this type alone, and not every server knows it.
    if (response.headers.get("Content-Type") === "application/wasm") {
      await WebAssembly.instantiateStreaming(response, imports);
    } else {
      await WebAssembly.instantiate(await response.arrayBuffer(), imports);
    }
  }

  return async (callback, data) => {
    // Calls that come meanwhile wait for the same part.
    const attempt = (linking ??= link());
    let linked = true;
    try {
      await attempt;
    } catch (error) {
      console.warn(error);
      linked = false;
      failed = true;
      // The next call tries again, unless another one does already.
      if (linking === attempt) linking = undefined;
    }
    exports().__indirect_function_table.get(callback)(data, linked);
  };
}
