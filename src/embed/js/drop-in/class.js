// The class `OktaSignIn`: what a page of okta-signin-widget (its engine "classic") constructs.
// Not here: where the widget's files are (the two scripts that make the class of this).

import { warn } from "../warn.js";
import { Emitter } from "./emitter.js";
import { ConfigError } from "./errors.js";
import { Hooks } from "./hooks.js";
import { flatten } from "./options.js";
import { Rendering } from "./rendering.js";
import { EVENTS, METHODS } from "./table.js";
import { hasTokensInUrl } from "./token-result.js";
import { isForServer } from "./tokens.js";

/**
 * Returns the class.
 * - `load()` resolves to the module with `mount`, okta-sign-in.js.
 * - `leave(url)` replaces the page, so that Back does not lead to a used token.
 */
export function createOktaSignIn(load, leave = (url) => document.location.replace(url)) {
  return class OktaSignIn {
    #config;
    #emitter = new Emitter();
    #hooks = new Hooks();
    #rendering;

    constructor(config) {
      if (!config || typeof config !== "object") throw new ConfigError("new OktaSignIn needs an object with options");
      this.#config = config;
      this.#hooks.addAll(config.hooks);
      // The files are fetched while the page's code goes on. Who renders hears of a failure.
      if (typeof document !== "undefined") load().catch(() => {});
    }

    renderEl(options, success, error) {
      return this.#render(flatten(this.#config, options), {}, success, error);
    }

    showSignIn(options) {
      return this.renderEl(options);
    }

    /** Resolves with `{accessToken, idToken, refreshToken}`. */
    async showSignInToGetTokens(options) {
      const given = flatten(this.#config, options);
      const refused = withoutClient(given) ?? (isForServer(given) ? ofServer() : undefined);
      const { tokens } = await this.#render(given, { refused });
      return tokens;
    }

    /** Leaves the page. It resolves where the browser has come back to it with tokens. */
    async showSignInAndRedirect(options) {
      const given = flatten(this.#config, options);
      const { tokens } = await this.#render(given, { refused: withoutClient(given), leaves: true });
      return tokens;
    }

    hasTokensInUrl() {
      return hasTokensInUrl(document.location);
    }

    hide() {
      this.#rendering?.hide();
    }

    show() {
      this.#rendering?.show();
    }

    remove() {
      this.#rendering?.remove();
      this.#rendering = undefined;
    }

    on(name, listener, context) {
      checkEvent(name);
      this.#emitter.on(name, listener, context);
    }

    once(name, listener, context) {
      checkEvent(name);
      this.#emitter.once(name, listener, context);
    }

    off(name, listener) {
      this.#emitter.off(name, listener);
    }

    before(name, hook) {
      this.#hooks.before(name, hook);
    }

    after(name, hook) {
      this.#hooks.after(name, hook);
    }

    get authClient() {
      throw refusal("authClient", METHODS.authClient);
    }

    getUser() {
      throw refusal("getUser", METHODS.getUser);
    }

    #render(given, { refused, leaves }, success, error) {
      if (this.#rendering) throw new Error("The widget is rendered already. Call remove() first.");
      const context = { emitter: this.#emitter, hooks: this.#hooks, load, leave, leaves };
      this.#rendering = new Rendering(given, context, success, error);
      this.#rendering.start(refused);
      return this.#rendering.promise;
    }
  };
}

function checkEvent(name) {
  const why = EVENTS[name] ? EVENTS[name].why : "there is no such event";
  if (why) warn(`on("${name}") has no effect: ${why}`);
}

const refusal = (name, { why }) => new ConfigError(`${name}: ${why}`);

const withoutClient = (given) => (given.has("clientId") ? undefined : new ConfigError("clientId is required for tokens"));

const ofServer = () =>
  new ConfigError("a code that a server exchanges brings no tokens to the page: call showSignInAndRedirect, or leave PKCE on");
