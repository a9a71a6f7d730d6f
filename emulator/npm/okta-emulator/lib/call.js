// Calls the control interface of a running org: JSON over HTTP, or HTTPS with the authority that the org made. Not
// here: which calls there are. `fetch` of Node.js can't be told to trust an authority.

import http from "node:http";
import https from "node:https";

/** The answer's body; an error with the org's own message where it refuses. */
export async function call({ url, authority }, method, path, body) {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await request(new URL(path, url), { method, ca: authority }, sent);
  if (answer.status >= 200 && answer.status < 300) return answer.text === "" ? undefined : JSON.parse(answer.text);
  throw new Error(`${method} ${path} was answered with ${answer.status}: ${reason(answer.text)}`);
}

function reason(text) {
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text;
  }
}

function request(url, options, body) {
  const { request: send } = url.protocol === "https:" ? https : http;
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    // Without an agent no connection stays open that would hold up the end of the process or of the org.
    const call = send(url, { ...options, headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
      answer.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}
