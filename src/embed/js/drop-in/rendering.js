// One rendering of the widget into a page's element, from `renderEl` to `remove`.
// Not here: how a configuration, a result or an event is converted.

import { showFailureWithButton } from "../load-failure.js";
import { showMessage, paragraph } from "../message.js";
import { LOAD_FAILED, RETRY } from "../texts.js";
import { ConfigError, UnsupportedBrowserError, callPage } from "./errors.js";
import { forwardEvents } from "./events.js";
import { translate } from "./options.js";
import { moulded } from "./registration.js";
import { resultOf } from "./result.js";
import { MAILS } from "./steps.js";
import { MISCONFIGURED } from "./texts.js";
import { isForServer, serverAddress } from "./tokens.js";

// Kinds of our errors that the page's code has to mend, or that the browser has.
const MISTAKES = { "not-configured": ConfigError, "no-webassembly": UnsupportedBrowserError };

export class Rendering {
  #given;
  #context;
  #success;
  #error;
  #settle;
  #box;
  // As it was typed last, and what for.
  #username;
  #operation;
  #widget;
  #removed = false;

  /**
   * `context` has what the instance and its renderings share: `emitter`, `hooks`, `load()`, which resolves to the module
   * with `mount`, `leave(url)`, and with `leaves` that tokens come by a redirect.
   */
  constructor(given, context, success, error) {
    this.#given = given;
    this.#context = context;
    this.#success = success;
    this.#error = error;
    /** Settles with the result of a sign-in, or with an error that the page's code has to mend. */
    this.promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // The error callback has it too.
    if (error) this.promise.catch(() => {});
  }

  /** Starts it. `refusal` is an error because of which nothing can be rendered. */
  start(refusal) {
    const el = this.#given.get("el");
    const target = typeof el === "string" ? document.querySelector(el) : el;
    if (!target) return this.#fail(new ConfigError(el ? `there is no element ${el}` : '"el" is required'));
    this.#box = document.createElement("div");
    target.append(this.#box);
    if (refusal) this.#refuse(refusal);
    else this.#open();
  }

  hide() {
    if (this.#box) this.#box.hidden = true;
  }

  show() {
    if (this.#box) this.#box.hidden = false;
  }

  /** Ends every request and timer, and removes the widget from the page. */
  remove() {
    this.#removed = true;
    this.#widget?.unmount();
    this.#box?.remove();
  }

  async #open() {
    let options;
    try {
      options = await this.#options();
    } catch (error) {
      return this.#refuse(new ConfigError(error.message, { cause: error }));
    }
    this.#load(options);
  }

  async #load(options) {
    let mount;
    try {
      ({ mount } = await this.#context.load());
    } catch (error) {
      console.error(error);
      if (!this.#removed) showFailureWithButton(this.#box, LOAD_FAILED, RETRY, () => this.#load(options));
      return;
    }
    if (this.#removed) return;
    this.#box.replaceChildren();
    this.#widget = mount(this.#box, options);
    let Mistake;
    forwardEvents(this.#widget, this.#box, {
      ...this.#context,
      mailSent: () => this.#mailSent(),
      failed: ({ code }) => (Mistake = MISTAKES[code]),
      cancelled: ({ step }) => step === "consent" && this.#call("consent.cancel"),
    });
    // The person can try again after any other failure.
    this.#widget.ready.catch(({ message }) => Mistake && this.#fail(new Mistake(message)));
  }

  async #options() {
    const { leave, leaves } = this.#context;
    const options = translate(this.#given, undefined, leaves);
    const parseSchema = this.#given.get("registration.parseSchema");
    if (options.registration && parseSchema && !options.hookUrl) {
      options.registration = await moulded(options.registration, parseSchema);
    }
    const context = { options, redirectUri: this.#given.get("redirectUri"), leave };
    options.onSuccess = (result) => {
      if (result.type === "signedIn" && isForServer(this.#given)) return this.#leave(options, result);
      return this.#succeed(resultOf(result, context));
    };
    const { transformUsername = (name) => name } = options;
    options.transformUsername = (name, operation) => {
      this.#username = name;
      this.#operation = operation;
      return transformUsername(name, operation);
    };
    return options;
  }

  // The org's session and the code are made at the org, and the browser does not come back to this page.
  async #leave(options, { sessionToken }) {
    await this.#context.hooks.runBefore();
    if (!this.#removed) this.#context.leave(serverAddress(this.#given, options, sessionToken));
  }

  #mailSent() {
    const mail = MAILS[this.#operation];
    const result = { status: mail?.status, username: this.#username };
    return mail && { controller: mail.controller, tell: () => this.#deliver(result) };
  }

  async #succeed(result) {
    await this.#context.hooks.runBefore();
    if (this.#removed) return;
    this.#deliver(result);
    this.#settle.resolve(result);
  }

  // Before the end of a sign-in the page is told of what was sent.
  #deliver(result) {
    if (this.#success) callPage("the success callback", () => this.#success(result));
  }

  #call(option) {
    if (this.#given.has(option)) callPage(option, this.#given.get(option));
  }

  #refuse(error) {
    showMessage(this.#box, paragraph(MISCONFIGURED));
    this.#fail(error);
  }

  #fail(error) {
    console.error(`okta-sign-in: ${error.message}`);
    if (this.#error) callPage("the error callback", () => this.#error(error));
    this.#settle.reject(error);
  }
}
