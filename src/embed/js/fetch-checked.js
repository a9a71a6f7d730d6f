// Fetches a file of files.js only if it is the one that the build has made: the browser compares it with its hash.
// Not here: scripts (import-checked.js).

/** Resolves to the response with the file. Rejects if the file is another one. After a first attempt no cache counts. */
export function fetchChecked({ url, integrity }, attempt = 0) {
  return fetch(url, { integrity, cache: attempt ? "reload" : "default" });
}
