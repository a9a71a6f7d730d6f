// Fetches a file of files.js only if it is the one that the build has made: the browser compares it with its hash.
// Not here: scripts (import-checked.js).

/** Resolves to the response with the file. Rejects if the file is another one. After a first attempt no cache counts. */
export function fetchChecked({ url, integrity }, attempt = 0) {
  const init = { integrity, cache: attempt ? "reload" : "default" };
  // WebKit fetches again what a link has fetched by another kind of request, and knows these alone for its own origin.
  if (!attempt && url.origin === location.origin && document.querySelector("link[as=fetch]:not([crossorigin])")) {
    init.mode = "no-cors";
    init.credentials = "include";
  }
  return fetch(url, init);
}
