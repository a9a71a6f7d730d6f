// What shows a person that this is the real page, and the org which browser it is: the security image, and the fingerprint of
// the browser, which goes with the user name and password.
// Not here: the picture (security-image.js); how a fingerprint is computed (fingerprint.js).

import { USERNAME_FIELD } from "../constants.js";
import { focused } from "./dom.js";
import { FINGERPRINT_HEADER, fingerprintBy } from "./fingerprint.js";
import { securityImage } from "./security-image.js";
import { orgOf } from "./way-back.js";

/** What belongs to the form in `main`. `from` has the options of the sign-in, `text` the texts. */
export function knownDevice(main, from, text) {
  let wanted = {};
  let org, image, form;
  // The forms whose user name somebody has typed, or has been asked with.
  const asked = new WeakSet();

  const fingerprint = async () => (org ? fingerprintBy(org) : undefined);
  const field = () => form?.elements.namedItem(USERNAME_FIELD);

  // A user name that is there before anybody types.
  const askWithPrefilled = () => {
    const input = field();
    if (!image || !input?.value || asked.has(form) || focused(input) === input) return;
    asked.add(form);
    image.left(input.value);
  };

  const onField = (name, act) =>
    main.addEventListener(name, ({ target }) => {
      if (image && target === field()) act(target);
    });
  onField("input", ({ value }) => {
    asked.add(form);
    image.changed(value);
  });
  // What a password manager fills in is not left.
  for (const name of ["change", "focusout"]) onField(name, ({ value }) => image.left(value));
  main.addEventListener("focusin", () => {
    askWithPrefilled();
    if (wanted.deviceFingerprint || wanted.securityImage) fingerprint();
  });

  return {
    /** Takes the options. Returns what stands above the user name. */
    apply(options) {
      wanted = options;
      const address = orgOf(from);
      org = address && new URL(address).origin;
      if (!wanted.securityImage || !org) image = undefined;
      else image ??= securityImage(org, fingerprint, text);
      image?.speak();
      return image ? [image.node] : [];
    },

    /** The form is there, or another step. */
    looked(found) {
      form = found;
      askWithPrefilled();
    },

    /** `tell`, by which the program asks for the body of a request, with the header for the user name and password. */
    told: (tell) => (name, detail, more) => {
      const isPrimary = name === "prepare" && detail[0] === "PRIMARY_AUTH";
      return isPrimary && wanted.deviceFingerprint && org ? withHeader(tell, detail) : tell(name, detail, more);
    },
  };

  async function withHeader(tell, detail) {
    const [, body, headers] = detail;
    const [prepared, value] = await Promise.all([tell("prepare", detail), fingerprint()]);
    if (value) headers.set(FINGERPRINT_HEADER, value);
    return prepared ?? body;
  }
}
