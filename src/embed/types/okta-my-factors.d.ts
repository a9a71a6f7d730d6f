// Types of okta-my-factors.js: options, events, the element, and what frameworks need to know of it.
// Not here: the types that it shares with okta-sign-in.js (okta-sign-in.d.ts).

import type {
  AttributesOf,
  ElementProps,
  Flag,
  OktaSignInElement,
  OwnWords,
  ReactListeners,
  SvelteListeners,
  TextOptions,
  VueListeners,
  Widget,
} from "./okta-sign-in.js";

/** The options that are attributes of `<okta-my-factors>`, properties of it, and members of the configuration. */
export interface MyFactorsOptions {
  /** The backend hook. Required. */
  hookUrl?: string | null;
  /** Where to sign in, on the page's origin or one of `redirectOrigins`. */
  signInUrl?: string | null;
  /** Further origins that `signInUrl` may have. */
  redirectOrigins?: string | readonly string[] | null;
  /** The heading gets focus at once. */
  autofocus?: Flag | null;
  /** The page's title begins with the heading of the step. */
  documentTitle?: Flag | null;
}

/** What it says, and in which language. */
type Language = Pick<TextOptions, "language">;

/** What `mount` takes. */
export interface MyFactorsConfig extends MyFactorsOptions, Language, OwnWords {
  hookUrl: string;
  /** The nonce of the page's policy, for the style sheet. */
  nonce?: string | null;
}

/** Puts the list of factors into an element, or the first one that a selector finds. */
export function mount(target: Element | string, config: MyFactorsConfig): Widget<MyFactorsConfig>;

/** `<okta-my-factors>`. Its events are `ready`, `step` and `error`. */
export interface OktaMyFactorsElement
  extends Omit<HTMLElement, keyof MyFactorsOptions>,
    MyFactorsOptions,
    Language,
    OwnWords,
    Pick<OktaSignInElement, "transaction" | "start"> {
  addEventListener: OktaSignInElement["addEventListener"];
  removeEventListener: OktaSignInElement["removeEventListener"];
}

type Options = ElementProps & MyFactorsOptions & Language & OwnWords & AttributesOf<MyFactorsOptions>;

declare global {
  interface HTMLElementTagNameMap {
    "okta-my-factors": OktaMyFactorsElement & HTMLElement;
  }
  namespace JSX {
    interface IntrinsicElements {
      "okta-my-factors": Options & ReactListeners;
    }
  }
  namespace svelteHTML {
    interface IntrinsicElements {
      "okta-my-factors": Options & SvelteListeners;
    }
  }
}

// @ts-ignore
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "okta-my-factors": Options & ReactListeners;
    }
  }
}
// @ts-ignore
declare module "vue" {
  interface GlobalComponents {
    "okta-my-factors": new () => { $props: Options & VueListeners };
  }
}
// @ts-ignore
declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "okta-my-factors": Options & SvelteListeners;
  }
}
