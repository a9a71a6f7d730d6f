// The security image: a picture that the person has chosen, by which they know the real page. It stands above the user name,
// and is asked for when that field is left.
// Not here: where it stands (in-form.js); the fingerprint by which the org knows the browser (fingerprint.js).

import { imageAddress } from "./address.js";
import { make } from "./dom.js";
import { FINGERPRINT_HEADER } from "./fingerprint.js";

const TIMEOUT = 12_000;

/** What is shown. `org` is the org's origin, `fingerprint()` resolves to that of this browser, `text` has the texts. */
export function securityImage(org, fingerprint, text) {
  const image = make("img", { part: "security-image", className: "oaw-brand-image", hidden: true, alt: "" });
  const said = make("span", { className: "oaw-brand-image-text" });
  const node = make("p", { part: "security", className: "oaw-brand-security" }, image, said);
  // It is there before it says something: only then is what it says read out.
  node.setAttribute("role", "status");
  let shown = "";
  let asking, found;

  const speak = () => {
    said.textContent = found ? text(found.isKnown ? "brand.image" : "brand.image_new") : "";
  };
  const show = (next) => {
    found = next;
    image.hidden = !found;
    if (found) image.src = found.address;
    else image.removeAttribute("src");
    image.alt = found?.isKnown ? found.description : "";
    speak();
  };

  return {
    node,

    /** Says it in the language of now. */
    speak,

    /** The user name is being changed: a picture of another person goes. */
    changed(name) {
      if (name.trim() === shown) return;
      shown = "";
      asking?.abort();
      show(undefined);
    },

    /** The field was left with this user name. */
    async left(name) {
      const wanted = name.trim();
      if (wanted === shown) return;
      this.changed(wanted);
      if (!wanted) return;
      shown = wanted;
      asking = new AbortController();
      const { signal } = asking;
      try {
        const answer = await ask(org, wanted, await fingerprint(), asking);
        if (!signal.aborted) show(answer);
      } catch (error) {
        if (asking.signal !== signal) return;
        console.error(error);
        // It is asked for once more when the field is left again.
        shown = "";
      }
    },
  };
}

async function ask(org, name, fingerprint, controller) {
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  try {
    const headers = { Accept: "application/json", ...(fingerprint && { [FINGERPRINT_HEADER]: fingerprint }) };
    const address = `${org}/login/getimage?username=${encodeURIComponent(name)}`;
    const response = await fetch(address, { credentials: "omit", cache: "no-store", redirect: "error", headers, signal });
    if (!response.ok) throw new Error(`securityImage: ${response.status}`);
    return read(await response.json(), org);
  } finally {
    clearTimeout(timer);
  }
}

// The picture for a browser that the person has not signed in with has this name.
const UNKNOWN = /\/unknown\.png$/;

function read(answer, org) {
  const { pwdImg, imageDescription } = answer ?? {};
  const address = imageAddress(pwdImg, org);
  if (!address) throw new Error("securityImage: the org names no picture by https or of its own");
  const isKnown = address.startsWith("data:") || !UNKNOWN.test(new URL(address).pathname);
  return { address, isKnown, description: typeof imageDescription === "string" ? imageDescription : "" };
}
