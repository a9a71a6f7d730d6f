// The fingerprint of this browser, which the org's own script computes in a hidden frame of the org.
// Not here: where it is sent.

import { make } from "./dom.js";

/** The header in which the org takes it. */
export const FINGERPRINT_HEADER = "X-Device-Fingerprint";

const PATH = "/auth/services/devicefingerprint";
// One signs in without it.
const TIMEOUT = 10_000;
// What a header can have.
const VALUE = /^[\x20-\x7e]{1,4096}$/;

// By the org. One that has failed is tried again.
const found = new Map();

/** Resolves to the fingerprint that the org at this origin has computed, or to `undefined` where it does not answer. */
export function fingerprintBy(org) {
  if (!found.has(org)) {
    found.set(org, ask(org));
    found.get(org).then((value) => value ?? found.delete(org));
  }
  return found.get(org);
}

function ask(org) {
  // With its own origin, so that it knows this browser again; it can open nothing, and lead this page nowhere.
  const frame = make("iframe", { src: org + PATH, hidden: true, title: "" });
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
  return new Promise((resolve) => {
    const end = (value) => {
      clearTimeout(timer);
      window.removeEventListener("message", listen);
      frame.remove();
      if (value === undefined) console.warn(`okta-sign-in: no device fingerprint from ${org}: is it in frame-src?`);
      resolve(value);
    };
    const listen = ({ source, origin, data }) => {
      // Any window can send a message.
      if (source !== frame.contentWindow || origin !== org) return;
      const { type, fingerprint } = parsed(data);
      if (type === "FingerprintServiceReady") source.postMessage(JSON.stringify({ type: "GetFingerprint" }), org);
      if (type === "FingerprintAvailable") end(typeof fingerprint === "string" && VALUE.test(fingerprint) ? fingerprint : undefined);
    };
    const timer = setTimeout(end, TIMEOUT);
    window.addEventListener("message", listen);
    document.body.append(frame);
  });
}

function parsed(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}
