// The requests of a sign-in with a certificate (PIV): the first has the browser ask for the card, the second is answered with
// the address that signs in.
// Not here: the button (piv.js).

// Whoever looks for the card and its PIN needs some time.
const TIMEOUT = 120_000;

/**
 * Resolves to the address to go to, once the certificate was accepted, and rejects where it was not. `from` has the org say
 * where to go afterwards; `allowed` are the origins that the address may have. `signal` ends the requests.
 */
export async function addressByCertificate({ certAuthUrl, isCustomDomain }, from, allowed, signal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort);
  const timer = setTimeout(abort, TIMEOUT);
  const ask = async (init) => {
    const response = await fetch(certAuthUrl, {
      ...init,
      credentials: "include",
      cache: "no-store",
      redirect: "error",
      headers: { Accept: "application/json", ...init.headers },
      signal: controller.signal,
    });
    if (!response.ok) throw Object.assign(new Error(`piv: ${response.status}`), { status: response.status });
    return response;
  };
  try {
    await ask({ method: "GET" });
    const body = JSON.stringify({ fromURI: from, isCustomDomain: isCustomDomain === true });
    // As text, for which a browser asks the other origin for no permission: that request would have no certificate.
    const answer = await ask({ method: "POST", body, headers: { "Content-Type": "text/plain" } });
    return checked((await answer.json())?.redirectUrl, [...allowed, new URL(certAuthUrl).origin]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

// Orgs have been seen to write the address as in HTML.
function checked(address, allowed) {
  const url = typeof address === "string" ? new URL(address.replaceAll("&amp;", "&")) : undefined;
  // An address with a name and a password only looks like one of this host.
  const isAllowed = url && allowed.includes(url.origin) && !url.username && !url.password;
  if (!isAllowed) throw new Error("piv: the org's answer leads to no address that is allowed");
  return url.href;
}
