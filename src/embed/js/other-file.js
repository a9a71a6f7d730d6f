// Says whether a file that was refused is there and is another one. The browser itself does not tell that from a failed
// connection.
// Not here: refusing it.

/** Resolves to whether a file of files.js could be loaded, and does not have the hash of the build. */
export async function isAnother({ url, integrity }) {
  try {
    const response = integrity && (await fetch(url));
    if (!response.ok) return false;
    const hash = await crypto.subtle.digest("SHA-384", await response.arrayBuffer());
    return integrity !== `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
  } catch {
    return false;
  }
}
