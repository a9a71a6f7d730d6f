// Imports a script of files.js only if it is the one that the build has made: the browser compares it with its hash.
// Not here: other files (fetch-checked.js); scripts that a bundler reads (import-bundled.js).

import { pageNonce } from "./nonce.js";

/** Resolves to the module in the file. Rejects, and runs nothing, if the file is another one. */
export async function importChecked(file, attempt = 0) {
  const url = new URL(file.url);
  // A browser remembers that a module could not be fetched: another attempt has another address.
  if (attempt) url.search = attempt;
  await preload(url, file.integrity);
  // A URL and not a string, so that bundlers leave the import as it is.
  return import(url);
}

// `import` itself takes no hash, but the module that a link has fetched.
function preload(url, integrity) {
  const link = document.createElement("link");
  // A browser that does not know such links reports nothing about them either.
  if (!integrity || !link.relList.supports("modulepreload")) return;
  link.rel = "modulepreload";
  link.nonce = pageNonce();
  link.integrity = integrity;
  link.href = url;
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`${url} is not there, or of another build`));
    document.head.append(link);
  }).finally(() => link.remove());
}
