// What takes the place of import-checked.js in the scripts that a bundler reads: there the scripts are modules of the
// page's own code, which the bundler finds, changes and names as it likes.
// Not here: WebAssembly, which a bundler copies as it is, and which stays checked (fetch-checked.js).

/** Resolves to the module. */
export function importChecked(file) {
  return file.load();
}
