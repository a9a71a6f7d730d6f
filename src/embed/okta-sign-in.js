// The one script a page loads. It defines <okta-sign-in>, brings the style sheet along, and starts the
// WebAssembly module of the first form. The module with every screen is loaded when the browser is idle,
// or when a sign-in goes beyond the first form. A form that stands in the page already is taken over, and
// what is submitted before is held. No decisions here: attributes go to the modules as they are.

// Imports nothing, so that it runs as soon as it is there: a submit must not be missed.
function module(name) {
  let loading;
  let attempts = 0;
  async function load() {
    // A browser may remember that a module could not be fetched: another attempt has another address.
    const again = attempts ? `?${attempts}` : "";
    try {
      const found = await import(`./${name}.js${again}`);
      await found.default({ module_or_path: new URL(`./${name}_bg.wasm`, import.meta.url) });
      return found;
    } catch (error) {
      // A connection that failed may be back the next time.
      loading = undefined;
      attempts += 1;
      throw error;
    }
  }
  return () => (loading ??= load());
}

const firstForm = module("okta-sign-in-core");
const everyScreen = module("okta-sign-in-rest");
firstForm().catch(() => {});

const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 2000));
let prefetched;
const prefetch = () => (prefetched ??= whenIdle(() => everyScreen().then(rehearse, () => (prefetched = undefined))));
// The engine compiles what the next screen needs, a part at a time, before anyone waits for it.
function rehearse(found, part = 0) {
  whenIdle(() => found.rehearse(part) && rehearse(found, part + 1));
}

const MARK = "data-okta-sign-in";
const STATIC = "data-oaw-static";
const HELD = "data-oaw-held";
const CARRIED_OUT = "*";

// A page that brings its own style sheet marks it, and none is added.
function addStyles() {
  if (document.querySelector(`link[${MARK}], style[${MARK}]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./styles/okta-sign-in.css", import.meta.url).href;
  link.setAttribute(MARK, "");
  document.head.append(link);
}

// What is submitted in a form that stands in the page before the code is there is marked, with the button's
// value, and carried out by the module that takes the form over.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.closest(`[${STATIC}]`)) return;
    event.preventDefault();
    form.setAttribute(HELD, event.submitter?.value ?? "");
    form.closest("okta-sign-in")?.start();
  },
  true,
);

// A page that is opened in the middle of a transaction begins with another step: its static form is not to be
// typed in.
const TOKEN = /[?&](stateToken|recoveryToken|token)=[^&]/;
function setAside(element) {
  const root = element.querySelector(`[${STATIC}]`);
  const takesUp = (element.getAttribute("resume-from-url") ?? "false") !== "false";
  if (root && takesUp && TOKEN.test(location.search)) root.inert = true;
}

// Looks at the static form inside, and returns what to do once the widget has started over it. Where it was
// taken over, its elements are the widget's; where it was drawn anew, what was typed goes along.
function lookAtStaticForm(element) {
  const root = element.querySelector(`[${STATIC}]`);
  const form = root?.querySelector("form");
  if (!form) return () => {};
  untell(element);
  for (const node of [...element.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  let count = 0;
  while (nodes.nextNode()) count += 1;
  // Something else has put elements in, or taken marks out.
  if (count !== Number(root.getAttribute("data-oaw-nodes"))) root.removeAttribute(STATIC);

  const controls = [...form.elements].filter((control) => control.name);
  // A box has the value "on" without anyone's doing.
  const altered = ({ type, value, defaultValue }) => type !== "checkbox" && value !== defaultValue;
  const typed = controls.some((control) => control.checked !== control.defaultChecked || altered(control));
  const active = document.activeElement;
  const selection = controls.includes(active) && [active.selectionStart, active.selectionEnd, active.selectionDirection];
  const successor = ({ name }) => element.querySelector(`[name="${CSS.escape(name)}"]`);
  return async () => {
    root.inert = false;
    await drawn(element);
    // Another form than the one that was filled in: what was submitted there is no answer to this one.
    if (!successor({ name: "username" })) return;
    for (const control of controls) {
      const now = successor(control);
      if (!now || now === control) continue;
      now.value = control.value;
      now.checked = control.checked;
      if (control !== active) continue;
      now.focus();
      if (selection[0] !== null) now.setSelectionRange(...selection);
    }
    if (typed) element.querySelector("input")?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const pressed = form.getAttribute(HELD);
    form.removeAttribute(HELD);
    if (pressed === null || pressed === CARRIED_OUT) return;
    const button = pressed && element.querySelector(`form button[value="${CSS.escape(pressed)}"]`);
    element.querySelector("form").requestSubmit(button || null);
  };
}

// Resolves when the widget has drawn its form, before the browser paints it.
function drawn(element) {
  return new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look() {
      if (element.querySelector(`[${STATIC}]`) || !element.querySelector("form")) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(element, { attributes: true, childList: true, subtree: true });
    look();
  });
}

// Says in a static form that the code can't be loaded. Pressing its button tries again.
function tell(element) {
  const root = element.querySelector(`[${STATIC}]`);
  const form = root?.querySelector("form");
  if (!form) return;
  form.removeAttribute(HELD);
  root.inert = false;
  untell(element);
  const message = document.createElement("p");
  message.className = "oaw-message oaw-message-error";
  message.setAttribute("role", "alert");
  message.textContent = root.getAttribute("data-oaw-failed");
  form.querySelector("h2").after(message);
}

function untell(element) {
  element.querySelector(`[${STATIC}] .oaw-message`)?.remove();
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

// A widget that goes on in the module with every screen when it must.
class Widget {
  #handle;
  #host;

  constructor(first, element, config, onSuccess) {
    const handOn = async () => {
      try {
        const { takeOver } = await everyScreen();
        // Reading the answer, drawing beside the page, changing places and moving focus are tasks of their
        // own: what is typed or pressed comes in between.
        await nextTask();
        const onward = this.#handle?.onward();
        if (onward === undefined) return;
        const host = document.createElement("div");
        host.style.display = "contents";
        const next = takeOver(element, host, config, onSuccess, onward);
        await nextTask();
        if (this.#handle?.onward() === undefined) return next.unmount();
        this.#handle.unmount();
        element.append(host);
        this.#handle = next;
        this.#host = host;
        requestAnimationFrame(() => next.settle());
      } catch (error) {
        console.warn(error);
        this.#handle?.notHandedOn();
      }
    };
    const goOn = lookAtStaticForm(element);
    this.#handle = first.mount(element, config, onSuccess, handOn);
    goOn();
    prefetch();
  }

  /** Takes the widget off the page and ends its requests and timers. */
  unmount() {
    this.#handle?.unmount();
    this.#handle = undefined;
    this.#host?.remove();
  }
}

/** Puts a widget into `element`; resolves to a handle with `unmount()`. */
export async function mount(element, config) {
  addStyles();
  try {
    return new Widget(await firstForm(), element, config ?? {});
  } catch (error) {
    tell(element);
    throw error;
  }
}

class OktaSignIn extends HTMLElement {
  // `onSuccess` is no field: one would undo what a page has set before this script ran.
  #widget;

  connectedCallback() {
    addStyles();
    this.start();
  }

  /** Starts the widget unless it runs; once more where the code could not be loaded. */
  async start() {
    try {
      // Defined before its inside is parsed, as with a second visit's cache: the form is not there yet.
      if (document.readyState === "loading") {
        await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
      }
      setAside(this);
      const first = await firstForm();
      if (!this.isConnected || this.#widget) return;
      this.#widget = new Widget(first, this, undefined, (result) => this.onSuccess?.(result));
    } catch (error) {
      tell(this);
      console.error(error);
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only a removal ends the widget.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#widget?.unmount();
      this.#widget = undefined;
    });
  }
}

if (!customElements.get("okta-sign-in")) customElements.define("okta-sign-in", OktaSignIn);
