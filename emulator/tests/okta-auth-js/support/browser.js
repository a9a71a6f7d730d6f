// Simulates a browser for a page's script: it stores cookies, and applies CORS to responses. The client
// uses it through the global `fetch`.
import { PAGE } from "./org.js";

const realFetch = globalThis.fetch;
const SIMPLE = new Set(["accept", "content-length"]);

export class Browser {
  cookies = new Map();

  /** From now on the page's script calls through this browser. */
  use() {
    globalThis.fetch = (url, options) => this.#fetch(url, options);
    return this;
  }

  /** Goes to an address, as the top window would: no redirect is followed. */
  async visit(url, options = {}) {
    const headers = { ...options.headers, Cookie: this.#cookie() };
    const answer = await realFetch(url, { ...options, headers, redirect: "manual" });
    this.#keep(answer);
    return answer;
  }

  async #fetch(url, { method = "GET", headers = {}, body, credentials } = {}) {
    const included = credentials === "include";
    const unusual = Object.keys(headers).filter((name) => !SIMPLE.has(name.toLowerCase()));
    if (unusual.length > 0 || !["GET", "POST", "HEAD"].includes(method)) {
      await this.#preflight(url, method, unusual, included);
    }
    const own = included ? { Cookie: this.#cookie() } : {};
    const answer = await realFetch(url, { method, body, headers: { ...headers, ...own, Origin: PAGE } });
    if (included) this.#keep(answer);
    this.#allowed(answer, included);
    return answer;
  }

  async #preflight(url, method, names, included) {
    const headers = {
      Origin: PAGE,
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": names.map((name) => name.toLowerCase()).join(","),
    };
    const answer = await realFetch(url, { method: "OPTIONS", headers });
    this.#allowed(answer, included);
    const list = (name) => (answer.headers.get(name) ?? "").toLowerCase().split(",").map((word) => word.trim());
    const allowed = list("access-control-allow-headers");
    const refused = names.filter((name) => !allowed.includes(name.toLowerCase()));
    if (!list("access-control-allow-methods").includes(method.toLowerCase()) || refused.length > 0) {
      throw new TypeError(`the preflight of ${method} ${url} refuses ${refused}`);
    }
  }

  #allowed(answer, included) {
    const { headers, url } = answer;
    const credentials = headers.get("access-control-allow-credentials") === "true";
    if (headers.get("access-control-allow-origin") !== PAGE || (included && !credentials)) {
      throw new TypeError(`${url} may not be read from ${PAGE}`);
    }
    if (!(headers.get("vary") ?? "").includes("Origin")) throw new TypeError(`${url} does not vary by origin`);
  }

  #cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(answer) {
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
