// A page for one test: an empty document, a fresh copy of the scripts, and a program that records how it is called.
// Not here: expectations.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { JSDOM } from "jsdom";

const SCRIPTS = fileURLToPath(new URL("../../src/embed/js", import.meta.url));
const GLOBALS = [
  "document",
  "location",
  "history",
  "customElements",
  "AbortController",
  "addEventListener",
  "CustomEvent",
  "HTMLElement",
  "InputEvent",
  "MutationObserver",
  "Node",
  "NodeFilter",
];
// What wasm-bindgen writes, as far as the scripts know it.
const CORE = `
const program = globalThis.program;
export default (...args) => program.init(import.meta.url, ...args);
export const mount = (...args) => program.mount(...args);
export const mountManageFactors = (...args) => program.mountManageFactors(...args);
export const prefetch = (...args) => program.prefetch(...args);
export const setParts = (...files) => void (program.parts = files);
`;
const NODES = 8;
const FORM = `
  <h2 tabindex="-1">Sign in</h2>
  <input name="username"><input name="password" type="password"><input name="remember" type="checkbox">
  <button type="submit">Sign in</button><button type="submit" value="forgot">Forgot password?</button>
`;

/** A static form as it is rendered into a page; with `nodes`, the number of nodes it claims to have. */
export const staticForm = (nodes = NODES) =>
  `\n  <div data-oaw-static="1" data-oaw-nodes="${nodes}" data-oaw-failed="Try again."><form>${FORM}<input hidden></form></div>\n`;

/** Opens a page at `url` with `body`, in a browser that prefers `languages`. It is closed after the test `t`. */
export async function openPage(t, { body = "", url = "https://app.example/", languages = ["en"] } = {}) {
  const { window } = new JSDOM(`<!doctype html>${body}`, { url });
  globalThis.window = window;
  for (const name of GLOBALS) globalThis[name] = window[name];
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { languages } });
  const idle = [];
  window.requestIdleCallback = (run) => idle.push(run);

  const folder = await mkdtemp(join(tmpdir(), "okta-scripts-"));
  await cp(SCRIPTS, folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const base = pathToFileURL(`${folder}/`);
  const core = join(folder, "okta-sign-in-core.js");
  const coreWithoutWasm = join(folder, "okta-sign-in-core-js.js");
  t.after(() => rm(folder, { recursive: true }));
  t.after(() => window.close());
  const errors = t.mock.method(console, "error", () => {}).mock;
  const requests = [];
  t.mock.method(globalThis, "fetch", async (url, init) => {
    requests.push({ url: String(url), ...init });
    return page.respond(String(url));
  });

  // How a browser answers to a link that fetches a module: jsdom does not know such links.
  let refused = false;
  const append = window.document.head.append;
  window.document.head.append = function (...nodes) {
    append.apply(this, nodes);
    for (const node of nodes.filter(({ rel }) => rel === "modulepreload")) {
      page.preloads.push({ url: node.href, integrity: node.integrity, nonce: node.nonce });
      setTimeout(() => (refused ? node.onerror : node.onload)());
    }
  };
  Object.defineProperty(window.HTMLLinkElement.prototype, "relList", {
    value: { supports: (name) => name === "modulepreload" && page.knowsModulePreload },
  });

  const page = {
    document: window.document,
    window,
    program: (globalThis.program = recorder(window.document)),
    /** The links that fetched modules, and whether the browser knows such links and finds what they fetch wrong. */
    preloads: [],
    knowsModulePreload: true,
    refuseModules: (refuses) => (refused = refuses),
    /** Writes the list of files as the build does: each with this hash, and the parts, if there are any. */
    async writeFiles({ parts = [], hash }) {
      const file = join(folder, "files.js");
      const list = (await readFile(file, "utf8")).replaceAll('integrity: ""', `integrity: "${hash}"`);
      const written = (list, part) =>
        list.replace("undefined", `{ url: new URL("./${part}", import.meta.url), integrity: "${hash}" }`);
      await writeFile(file, parts.reduce(written, list));
    },
    /** What was fetched, but for modules, and the response to it. */
    requests,
    respond: (url) => ({ wasm: url }),
    errors: () => errors.calls.map((call) => call.arguments[0]),
    /** The address of a file beside the scripts. */
    address: (name) => new URL(name, base).href,
    /** Imports a script; with another `bundle`, as if it were in another bundle. */
    script: (name, bundle = "") => import(page.address(name) + bundle),
    /** Puts another text into a file beside the scripts. */
    replace: (name, text) => writeFile(join(folder, name), text),
    /** Whether the module of the program can be fetched. */
    serveCore: (available) => (available ? writeFile(core, CORE) : rm(core)),
    /** The same for the program as a script. */
    serveCoreWithoutWasm: (available) => (available ? writeFile(coreWithoutWasm, CORE) : rm(coreWithoutWasm)),
    /** Runs what waits for the browser to be idle; returns how many functions did. */
    idle: () => idle.splice(0).map((run) => run()).length,
    find: (selector) => window.document.querySelector(selector),
  };
  await page.serveCore(true);
  await page.serveCoreWithoutWasm(true);
  return page;
}

/** Waits until what is under way is done: imports, promises, observers. A busy machine reads files slowly. */
export async function done() {
  const reads = (kind) => kind.startsWith("FSReq") || kind.endsWith("Req");
  for (let turns = 0; turns < 20; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (process.getActiveResourcesInfo().some(reads)) turns = 0;
  }
}

// A handle of the program that counts its calls.
const handle = () => ({
  unmounts: 0,
  cancels: 0,
  redirects: 0,
  unmount() {
    this.unmounts += 1;
  },
  act(leaves) {
    if (leaves) this.redirects += 1;
    else this.cancels += 1;
  },
  setLanguage(language) {
    this.language = language;
  },
});

// The program: it hydrates a marked form, and renders its own otherwise, some time after the call.
// It also answers some time after the call whether its second part is loaded.
function recorder(document) {
  const program = {
    inits: [],
    init: async (url, options) => void program.inits.push({ url, ...options }),
    mounts: [],
    form: FORM,
    // What the program fills in by itself.
    fill() {},
    mount(element, config, isElement, tell, language, pressed, address) {
      const given = { element, config, isElement, tell, language, pressed, address };
      const mounted = { ...handle(), ...given, submits: [], inputs: 0 };
      program.mounts.push(mounted);
      const root = element.querySelector("[data-oaw-static]");
      if (!root) element.replaceChildren();
      setTimeout(() => {
        if (root) root.removeAttribute("data-oaw-static");
        else element.innerHTML = `<div><form>${program.form}</form></div>`;
        program.fill(element);
        const form = element.querySelector("form");
        form.addEventListener("input", () => (mounted.inputs += 1));
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          mounted.submits.push(event.submitter?.value ?? null);
        });
        tell?.("ready", {});
        tell?.("step", { status: null, step: "start" }, null);
      });
      return mounted;
    },
    mountManageFactors(element, config, isElement, tell, language) {
      assert.ok(program.isLoaded, "the second part is loaded before");
      const mounted = { ...handle(), element, config, isElement, tell, language, content: element.innerHTML };
      program.mounts.push(mounted);
      setTimeout(() => {
        element.innerHTML = '<div><form><h2 tabindex="-1">Factors</h2></form></div>';
        tell("ready", {});
      });
      return mounted;
    },
    // Whether the second part can be fetched, whether it is loaded, and how often the program was told to load it.
    servesSecond: true,
    isLoaded: false,
    prefetches: 0,
    prefetch(callback) {
      program.prefetches += 1;
      setTimeout(() => {
        program.isLoaded ||= program.servesSecond;
        callback?.(program.isLoaded);
      });
    },
  };
  return program;
}
