// The page's own functions: whatever they do, the widget goes on.
// Not here: when they are called; what a failure leads to.

import { reportError } from "./events.js";

// How long the sign-in waits for an answer, in milliseconds: as long as for a response.
const TIMEOUT = 12_000;

/** Calls a function of the page for the widget in `element`. What it throws, now or later, is reported. */
export async function callHost(element, call) {
  try {
    return await call();
  } catch (error) {
    console.error(error);
    reportError(element, { code: "host-callback" });
  }
}

/**
 * Has the page prepare the body of a request: `transformUsername(username, operation)` returns the user name to send, and
 * `processCredentials({username, password}, done)` is waited for. Resolves to the body to send, and rejects where a
 * function fails; returns undefined where the page has no such function.
 */
export function prepare({ transformUsername, processCredentials }, operation, body) {
  if (!transformUsername && !processCredentials) return undefined;
  return answered(async () => {
    const content = JSON.parse(body);
    const { username, password } = content;
    if (transformUsername) content.username = await transformUsername(username, operation);
    // Not the value: it may be a secret by mistake.
    if (typeof content.username !== "string" || !content.username) throw new TypeError("transformUsername: no string");
    const process = password === undefined ? undefined : processCredentials;
    const credentials = { username: content.username, password };
    // Who names a second parameter calls it.
    if (process?.length > 1) await new Promise((done, fail) => Promise.resolve(process(credentials, done)).catch(fail));
    else await process?.(credentials);
    return JSON.stringify(content);
  });
}

async function answered(call) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("okta-sign-in: the page's function has no answer")), TIMEOUT);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
