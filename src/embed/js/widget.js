// A widget in an element: loads the program, starts, starts anew when an option has changed, tells the page, ends. `mount`
// returns one, and a custom element has one.
// Not here: what is loaded and opened (okta-sign-in.js, okta-my-factors.js); attributes and properties (element.js).

import { dispatch } from "./events.js";
import { reportFailedStart } from "./failure.js";
import { callHost, prepare } from "./host.js";
import { languageOf } from "./language.js";
import { loadPhoneRules } from "./phone.js";
import { addStyles } from "./styles.js";

// The options that can change while somebody types.
const OF_LANGUAGE = /^(language|strings|application-?name)$/i;

/**
 * Returns a widget for `element` that has not started. `kind` has a `name`, the functions `load()`, `prepare(element,
 * options)` (optional), `open(core, element, options, isElement, tell, language)` and `failed(element, error, core, retry, text)`
 * (optional). `options` are read when the widget starts; with `isElement`, so are the attributes.
 */
export function createWidget(element, kind, options, isElement) {
  let handle, isWanted, isStarting, changes, settle;
  const listening = new AbortController();
  const language = languageOf(element, (language) => {
    handle?.setLanguage(language);
    kind.spoken?.(element);
  });

  const widget = {
    /** Where the sign-in stands: `{status, step, user}`; `null` where no widget runs. */
    transaction: null,

    /** Resolves when a person can use the first form, and rejects with the reason why not. */
    ready: new Promise((...functions) => (settle = functions)),

    /** Adds a listener for an event, until the widget is unmounted. */
    on(name, listener) {
      element.addEventListener(name, listener, { signal: listening.signal });
    },

    /** Removes it. */
    off(name, listener) {
      element.removeEventListener(name, listener);
    },

    /** Starts the widget, unless it runs or is starting. After a failure it may be called again. */
    async start() {
      addStyles(isElement ? element.nonce : options.nonce);
      isWanted = true;
      if (handle || isStarting) return;
      chooseLanguage();
      isStarting = true;
      let core;
      try {
        await kind.prepare?.(element, isElement ? undefined : options, language);
        core = await kind.load();
        const words = await language.settled(kind.isWhole, kind.isReadable?.(element));
        if (!isWanted || isLeft()) return;
        handle = kind.open(core, element, options, isElement, tell, words);
        kind.opened?.(core, language);
      } catch (error) {
        if (isLeft()) return;
        console.error(error);
        // What is shown instead is in the language too.
        await language.settled();
        settle[1](error);
        // A page that has unmounted it shows something else there.
        if (!isWanted) return;
        kind.failed?.(element, error, core, widget.start, language.text);
        reportFailedStart(element, error, core);
      } finally {
        isStarting = false;
      }
    },

    /** Takes the widget off the page, also before it was loaded, and ends its requests and timers. */
    unmount() {
      listening.abort();
      widget.end();
    },

    /** The same for a widget that may be started again. */
    end() {
      isWanted = false;
      handle?.unmount();
      handle = undefined;
      widget.transaction = null;
    },

    /** Ends the sign-in, as the person could. */
    cancel() {
      handle?.act(false);
    },

    /** Changes options. Where the widget has to start anew for that, it says so in the console. */
    update(changed) {
      for (const name in changed) {
        const before = options[name];
        options[name] = changed[name];
        if (!isSame(before, changed[name])) widget.changed(name);
      }
    },

    /** Starts the widget anew where it has read this option already. Changes in one task are taken together. */
    changed(name) {
      // The language is chosen when the widget begins to start; the other options are read later.
      if (OF_LANGUAGE.test(name)) return (handle || isStarting) && chooseLanguage();
      if (!handle || name === "autofocus") return;
      if (!changes) setTimeout(startAnew);
      changes = [...(changes ?? []), name];
    },
  };
  // Who does not ask has the reason in the console and in the event.
  widget.ready.catch(() => {});
  return widget;

  function chooseLanguage() {
    const given = (name, attribute) => options[name] ?? (isElement ? element.getAttribute(attribute) : undefined);
    const { strings } = options;
    language.choose(given("language", "language"), { strings, applicationName: given("applicationName", "application-name") });
  }

  // Browsers run what was waited for also on a page that has been left: it has no address then, and may come back.
  function isLeft() {
    if (document.defaultView) return false;
    addEventListener("pageshow", () => isWanted && widget.start(), { once: true });
    return true;
  }

  function startAnew() {
    const names = changes.join(", ");
    changes = undefined;
    if (!handle) return;
    console.info(`${kind.name}: changed ${names}: the widget starts anew`);
    widget.end();
    widget.start();
  }

  // What the program tells: see page_events.rs.
  function tell(name, detail, more) {
    if (name === "texts") return language.rest();
    if (name === "prepare") return prepare(options, ...detail);
    if (name === "phone") return loadPhoneRules();
    if (name === "ready") settle[0]();
    if (name === "step") widget.transaction = Object.freeze({ ...detail, user: more });
    const leaves = more === true;
    if (leaves) detail.redirect = () => handle?.act(true);
    const isHeld = dispatch(element, name, detail, leaves);
    if (name === "success" && !leaves) callHost(element, () => options.onSuccess?.(detail));
    return isHeld;
  }
}

/** Puts a widget of this kind into `target`, an element or its selector, with the options of `config`. */
export function mountWidget(kind, target, config) {
  const element = typeof target === "string" ? document.querySelector(target) : target;
  if (!element) throw new Error(`${kind.name}: no element for mount: ${target}`);
  // Its own: `update` changes it.
  const options = { ...config };
  kind.connected?.(element, options);
  const widget = createWidget(element, kind, options, false);
  widget.start();
  return widget;
}

// A function is looked up when it is called, so that another one is no change. A framework makes an object anew each time
// it renders.
function isSame(one, other) {
  if (typeof (one ?? other) === "function") return true;
  return one && other && typeof one === "object" ? describe(one) === describe(other) : (one ?? null) === (other ?? null);
}

const describe = (value) => JSON.stringify(value, (_, inner) => (typeof inner === "function" ? "function" : inner));
