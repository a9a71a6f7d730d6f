// An issuer of ID tokens for one test: a key that the browser makes, and what is signed with it. Not here: a test.
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const part = (value) => encode(new TextEncoder().encode(JSON.stringify(value)));

/** Returns `[idToken, keys]`: an ID token with these claims, and the keys of its issuer, as JSON. */
export async function issue(claims) {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", publicKey);
  const signed = `${part({ alg: "RS256", kid: "k1" })}.${part(JSON.parse(claims))}`;
  const signature = await crypto.subtle.sign(algorithm.name, privateKey, new TextEncoder().encode(signed));
  return [`${signed}.${encode(signature)}`, JSON.stringify({ keys: [{ kty: "RSA", use: "sig", kid: "k1", n, e }] })];
}

/** A message as the browser reports it. */
export function post(origin, source, data) {
  window.dispatchEvent(new MessageEvent("message", { origin, source, data: JSON.parse(data) }));
}
