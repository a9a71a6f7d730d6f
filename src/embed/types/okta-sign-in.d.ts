// Types of okta-sign-in.js: options, events, results, the element, and what frameworks need to know of it.
// Not here: okta-my-factors.js (okta-my-factors.d.ts), which uses these types.

/** A flag: `"true"`, `"false"` and an empty text are what an attribute says. */
export type Flag = boolean | "" | "true" | "false";

/** The options that are attributes of `<okta-sign-in>`, properties of it, and members of the configuration. */
export interface SignInOptions {
  /** The org: `https://example.okta.com`. Required. */
  baseUrl?: string | null;
  /** Other origins of the same org, as its links may name them. In a text, separated by blanks. */
  orgOrigins?: string | readonly string[] | null;
  /** Where to go after sign-in. Default: the page itself. */
  redirectUrl?: string | null;
  /** Further origins that `redirectUrl` may have. */
  redirectOrigins?: string | readonly string[] | null;
  /** How the session token gets to the org. With `callback`, the page's own code gets it. Default: `get`. */
  sessionRedirect?: "get" | "post" | "sign-out-first" | "callback" | null;
  /** Have the org ask the person to finish the setup of the account, before the browser goes on. */
  checkAccountSetup?: Flag | null;
  /** What to do with a session that exists already. Default: `ask`. */
  existingSession?: "ask" | "continue" | "ignore" | null;
  /** User name to start with. */
  username?: string | null;
  /** Offer to remember the user name. Default: true. */
  rememberMe?: Flag | null;
  /** Ask for the user name first, then for the password. */
  identifierFirst?: Flag | null;
  /** Ask the org which identity provider a user name belongs to, before the password is asked for. Default: `off`. */
  discovery?: "off" | "webfinger" | null;
  /** Return to the list after each factor that is set up. */
  multiOptionalFactorEnroll?: Flag | null;
  /** Ask the org to warn before a password expires. Default: true. */
  warnBeforePasswordExpired?: Flag | null;
  /** Ask for the user name alone first, as the org does. */
  passwordlessAuth?: Flag | null;
  /** Offer to send pushes without asking. */
  autoPush?: Flag | null;
  /** A forgotten password by e-mail. Default: true. */
  emailRecovery?: Flag | null;
  /** The same by text message. */
  smsRecovery?: Flag | null;
  /** The same by call. */
  callRecovery?: Flag | null;
  /** Unlock an account by the same ways. */
  selfServiceUnlock?: Flag | null;
  /** Sent to the org; where to go, if it is an allowed address. */
  relayState?: string | null;
  /** A transaction to resume. */
  stateToken?: string | null;
  /** The token of a recovery e-mail. */
  recoveryToken?: string | null;
  /** The token of an invitation. */
  activationToken?: string | null;
  /** Read these tokens from the page's address. */
  resumeFromUrl?: Flag | null;
  /** The first field gets focus at once. */
  autofocus?: Flag | null;
  /** The page's title begins with the heading of the step. */
  documentTitle?: Flag | null;
  /** The browser's Back leads to the step before. */
  browserBack?: Flag | null;
  /** A backend hook for registration and factor management. */
  hookUrl?: string | null;
}

/** The page's own functions, and objects. */
export interface SignInCallbacks {
  /** Gets the result with `sessionRedirect: "callback"`, or with `tokens`. */
  onSuccess?: ((result: SignInResult) => unknown) | null;
  /** The page's own code that takes part in a registration. */
  registration?: Registration | null;
  /** The app that gets tokens, in place of `sessionRedirect`: docs/tokens.md. */
  tokens?: TokenOptions | null;
  /** Changes the user name before it is sent: not what is shown or remembered. */
  transformUsername?: ((username: string, operation: UsernameOperation) => string | Promise<string>) | null;
  /** Is called with user name and password before they are sent; the sign-in waits for its promise, or for `done()`. */
  processCredentials?: ((credentials: Credentials, done: () => void) => unknown) | null;
}

/** What the widget says, and in which language: docs/languages.md. */
export interface TextOptions {
  /** A BCP 47 tag. Default: that of the place in the page, else those that the browser prefers. */
  language?: string | null;
  /** The form's heading is "Sign in to ...". */
  applicationName?: string | null;
}

/** The page's own words, by the keys of locales/en.arb: for every language, or by the tag of one. */
export type Strings = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What is a property alone. */
export interface OwnWords {
  /** The page's own words. */
  strings?: Strings | null;
}

/** What an organization adds to the form: docs/theming.md. */
export interface BrandOptions {
  /** An image: by https, of the page's origin, or data:image/. */
  logo?: string | null;
  /** What the logo says. */
  logoAlt?: string | null;
  /** Above the form, at every step. */
  organizationName?: string | null;
  /** As `#rrggbb`. What can't be read is darkened or lightened. */
  accentColor?: string | null;
  /** The same for dark colours. */
  accentColorDark?: string | null;
  /** Where there is help. */
  helpUrl?: string | null;
  /** Whom to ask; `mailto:` and `tel:` too. */
  contactUrl?: string | null;
  /** Terms of service. */
  termsUrl?: string | null;
  /** Privacy policy. */
  privacyUrl?: string | null;
  /** Further links below the form. */
  links?: readonly BrandLink[] | null;
  /** The page's own buttons. */
  buttons?: readonly BrandButton[] | null;
  /** Identity providers at which one may sign in instead. */
  idps?: readonly BrandIdentityProvider[] | null;
  /** A button to sign in with a smart card. */
  piv?: BrandPiv | null;
  /** A picture above the user name that the person has chosen, so that they know the page. */
  securityImage?: Flag | null;
  /** Tells the org which browser it is, by a hidden frame of the org. */
  deviceFingerprint?: Flag | null;
  /** A line between the form and these buttons. */
  divider?: Flag | null;
  /** The widget is in a shadow root. */
  isolated?: Flag | null;
}

/** A text, or one for each language by its tag. */
export type Label = string | Readonly<Record<string, string>>;

export interface BrandLink {
  label: Label;
  href: string;
  /** Default: true for pages. */
  newWindow?: boolean;
}

export interface BrandButton {
  label: Label;
  onClick?: (event: MouseEvent) => unknown;
  /** Instead of `onClick`: where it leads. */
  href?: string;
  /** Default: `below`. */
  position?: "above" | "below";
  className?: string;
}

export interface BrandIdentityProvider {
  /** The org's id of it. */
  id: string;
  /** As the org writes it: `GOOGLE`, `SAML2`. */
  type?: string;
  /** Default: that of Apple, Facebook, Google, LinkedIn and Microsoft, by their types. */
  name?: string;
  /** Instead of "Sign in with" its name. */
  label?: Label;
  /** Default: `below`. */
  position?: "above" | "below";
  className?: string;
}

export interface BrandPiv {
  /** The org's address for certificates. */
  certAuthUrl: string;
  /** Whether the org has an address of its own. The org is told. */
  isCustomDomain?: boolean;
  /** Default: "Sign in with a smart card", in the form's language. */
  label?: Label;
  /** Default: `below`. */
  position?: "above" | "below";
  className?: string;
}

/** What `mount` takes. */
export interface SignInConfig extends SignInOptions, TextOptions, OwnWords, SignInCallbacks, BrandOptions {
  baseUrl: string;
  /** The nonce of the page's policy, for the style sheet. */
  nonce?: string | null;
}

/** What a user name is for. */
export type UsernameOperation = "PRIMARY_AUTH" | "FORGOT_PASSWORD" | "UNLOCK_ACCOUNT" | "IDP_DISCOVERY";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A field of a registration form. */
export interface RegistrationField {
  name: string;
  label: string;
  type?: string;
  required?: boolean;
  [member: string]: unknown;
}

/** Why a registration is refused. */
export interface RegistrationRefusal {
  errorSummary?: string;
  errorCauses?: readonly { property?: string; errorSummary?: string }[];
}

export interface Registration {
  /** The fields, where the hook does not publish a form. */
  fields?: readonly RegistrationField[];
  /** Before the registration is sent. */
  preSubmit?(
    data: Record<string, unknown>,
    onSuccess: (data?: Record<string, unknown>) => void,
    onFailure: (refusal?: RegistrationRefusal) => void,
  ): unknown;
  /** After it. */
  postSubmit?(login: string, onSuccess: () => void, onFailure: (refusal?: RegistrationRefusal) => void): unknown;
}

/** The app that gets tokens. */
export interface TokenOptions {
  /** The id of the app. */
  clientId: string;
  /** The org, or one of its authorization servers. Default: the org. */
  issuer?: string | null;
  /** One of the app's sign-in redirect URIs, of the page's own origin. Default: the page, without query and fragment. */
  redirectUri?: string | null;
  /** In a text, separated by blanks. Default: `openid profile email`. */
  scopes?: string | readonly string[] | null;
  /** Default: `code`. */
  responseType?: "code" | "id_token" | "token id_token" | readonly ("code" | "id_token" | "token")[] | null;
  /** Whether the person stays on the page, or the browser goes to the org and comes back. Default: `frame`. */
  display?: "frame" | "redirect" | null;
  /** The identity provider to be used. */
  idp?: string | null;
  /** Where the widget keeps the tokens: docs/tokens.md. Default: `none`. */
  storage?: "none" | "memory" | "session" | null;
}

/** A user, as far as the org tells. */
export interface User {
  readonly id: string | null;
  readonly login: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** A new sign-in. Whoever holds the session token is the user: it works once, for five minutes. */
export interface SignedIn {
  readonly type: "signedIn";
  readonly sessionToken: string;
  readonly expiresAt: Date | null;
  readonly user: User | null;
}

/** Tokens, for a new sign-in or for the session that existed before. */
export interface TokensResult {
  readonly type: "tokens";
  readonly idToken: string;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** When the access token expires, by this device's clock. */
  readonly expiresAt: Date | null;
  /** What was granted, where the org says it. */
  readonly scopes: readonly string[];
  /** Of the ID token. They were checked. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The person goes on with the session that existed before. */
export interface ExistingSession {
  readonly type: "existingSession";
  readonly login: string;
}

/** The sign-in goes on at a page of the org. */
export interface RedirectResult {
  readonly type: "redirect";
  readonly url: string;
}

/** What the page's own code gets with `sessionRedirect: "callback"`, or with `tokens`. */
export type SignInResult = SignedIn | TokensResult | ExistingSession | RedirectResult;

/** A success that a redirect follows. It has no token. `preventDefault()` of the event holds the redirect. */
export interface PendingRedirect {
  readonly type: Exclude<SignInResult["type"], "tokens">;
  readonly user: User | null;
  readonly sessionToken?: undefined;
  /** Carries out the redirect that `preventDefault()` has held. */
  redirect(): void;
}

/** Where a sign-in stands. Never a token. */
export interface Transaction {
  /** The status, as the org names it. */
  readonly status: string | null;
  /** Name of the step. */
  readonly step: string;
  readonly user: User | null;
}

/** The codes of the widget's own. Others are the `errorCode` of the org, such as `E0000004`. */
export type OwnErrorCode =
  | "host-callback"
  | "integrity"
  | "no-webassembly"
  | "not-configured"
  | "not-loaded"
  | "offline"
  | "other-page"
  | "piv"
  | "stopped"
  | "timed-out"
  | "tokens-clock"
  | "tokens-late"
  | "tokens-misconfigured"
  | "tokens-no-cryptography"
  | "tokens-unavailable"
  | "tokens-untrusted"
  | "unreachable"
  | "unreadable-response"
  | "untrusted-link";

export interface SignInError {
  readonly code: OwnErrorCode | (string & {});
  /** HTTP status, where there was a response. */
  readonly status: number | null;
  /** Name of the step that it happened at. */
  readonly step: string | null;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
}

/** The details of the events. */
export interface SignInEventDetails {
  /** A person can use the first form. */
  ready: Record<string, never>;
  /** A new step. */
  step: Pick<Transaction, "status" | "step">;
  /** The result; or, where a redirect follows, who signed in. */
  success: SignInResult | PendingRedirect;
  /** Something failed, and the person was told. */
  error: SignInError;
  /** The person, or `cancel()`, has ended the sign-in. */
  cancel: { readonly step: string };
}

export type SignInEventName = keyof SignInEventDetails;
export type SignInEvent<Name extends SignInEventName = SignInEventName> = CustomEvent<SignInEventDetails[Name]>;

/** The events of an element, by name. */
export type SignInEventMap = { [Name in SignInEventName]: SignInEvent<Name> };

/** A widget that `mount` has put into an element. */
export interface Widget<Config = SignInConfig> {
  /** Resolves when a person can use the first form, and rejects with the reason why not. */
  readonly ready: Promise<void>;
  /** Where the sign-in stands; `null` where no widget runs. */
  readonly transaction: Transaction | null;
  on<Name extends SignInEventName>(name: Name, listener: (event: SignInEvent<Name>) => unknown): void;
  off<Name extends SignInEventName>(name: Name, listener: (event: SignInEvent<Name>) => unknown): void;
  /** Changes options. Where the widget has to start anew for that, it says so in the console. */
  update(changes: Partial<Config>): void;
  /** Ends the sign-in, as the person could. */
  cancel(): void;
  /** Takes the widget off the page, also before it was loaded. */
  unmount(): void;
}

/** Puts a sign-in widget into an element, or the first one that a selector finds. */
export function mount(target: Element | string, config: SignInConfig): Widget;

/** `<okta-sign-in>`. What is read of an option that was not set as a property is its attribute's text. */
export interface OktaSignInElement
  extends Omit<HTMLElement, keyof SignInOptions>,
    SignInOptions,
    TextOptions,
    OwnWords,
    SignInCallbacks,
    BrandOptions {
  /** Where the sign-in stands; `null` where no widget runs. */
  readonly transaction: Transaction | null;
  /** Starts the widget, unless it runs or is starting. After a failure it may be called again. */
  start(): Promise<void>;
  /** Ends the sign-in, as the person could. */
  cancel(): void;
  addEventListener<Name extends SignInEventName>(
    name: Name,
    listener: (this: OktaSignInElement, event: SignInEvent<Name>) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends SignInEventName>(
    name: Name,
    listener: (this: OktaSignInElement, event: SignInEvent<Name>) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

type Kebab<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Kebab<Rest>}`
    : `-${Lowercase<First>}${Kebab<Rest>}`
  : Text;

/** The options under the names of their attributes. */
export type AttributesOf<Options> = { [Name in keyof Options & string as Kebab<Name>]?: Options[Name] };

/** What every element has in a template, as far as the widget cares. */
export interface ElementProps {
  id?: string;
  class?: string;
  className?: string;
  style?: unknown;
  slot?: string;
  key?: string | number | bigint | null;
  ref?: unknown;
  children?: unknown;
  hidden?: boolean;
  lang?: string;
  dir?: string;
}

/** React's names: 19 takes a property that begins with `on` for a listener. */
export interface ReactListeners {
  onReady?: (event: SignInEvent<"ready">) => unknown;
  onStep?: (event: SignInEvent<"step">) => unknown;
  onSuccess?: (event: SignInEvent<"success">) => unknown;
}

/** Svelte's names. */
export type SvelteListeners = { [Name in SignInEventName as `on${Name}`]?: (event: SignInEvent<Name>) => unknown };

/** Vue's names. */
export interface VueListeners {
  onReady?: (event: SignInEvent<"ready">) => unknown;
  onStep?: (event: SignInEvent<"step">) => unknown;
  onSuccess?: (event: SignInEvent<"success">) => unknown;
  onError?: (event: SignInEvent<"error">) => unknown;
  onCancel?: (event: SignInEvent<"cancel">) => unknown;
}

type RichBrand = "links" | "buttons" | "idps" | "piv";
type Rich = Omit<SignInCallbacks, "onSuccess"> & OwnWords & Pick<BrandOptions, RichBrand>;
type Texts = SignInOptions & TextOptions & Omit<BrandOptions, RichBrand>;
type Options = Texts & AttributesOf<Texts>;

export type ReactProps = ElementProps & Options & Rich & ReactListeners;
export type VueProps = ElementProps & Options & Rich & VueListeners;
export type SvelteProps = ElementProps & Options & Rich & SvelteListeners;

declare global {
  interface HTMLElementTagNameMap {
    "okta-sign-in": OktaSignInElement & HTMLElement;
  }
  // React 18.
  namespace JSX {
    interface IntrinsicElements {
      "okta-sign-in": ReactProps;
    }
  }
  // Svelte 4 and 5, in the language tools.
  namespace svelteHTML {
    interface IntrinsicElements {
      "okta-sign-in": SvelteProps;
    }
  }
}

// Each package that is not installed leaves its declaration without effect.
// @ts-ignore
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "okta-sign-in": ReactProps;
    }
  }
}
// @ts-ignore
declare module "vue" {
  interface GlobalComponents {
    "okta-sign-in": new () => { $props: VueProps };
  }
}
// @ts-ignore
declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "okta-sign-in": SvelteProps;
  }
}
