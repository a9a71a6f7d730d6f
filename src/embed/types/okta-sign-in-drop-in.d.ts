// Types of `OktaSignIn` for pages of okta-signin-widget. What is left out has no effect here: docs/migration.md.

/** `name` and `message` of an error that the page's code has to mend. */
export interface RenderError extends Error {
  name: "CONFIG_ERROR" | "UNSUPPORTED_BROWSER_ERROR";
}

export interface User {
  id: string | null;
  profile: { login: string | null; firstName: string | null; lastName: string | null };
}

export interface SessionResult {
  status: "SUCCESS";
  type: "SESSION_SSO";
  user?: User;
  session: {
    token: string;
    /** Goes through the org's session to an address of the page, of the org, or of `redirectOrigins`; throws for any other. */
    setCookieAndRedirect(address?: string): void;
  };
}

export interface StepUpResult {
  status: "SUCCESS";
  type: "SESSION_STEP_UP";
  stepUp: { url: string; finish(): void };
  next(): void;
}

export interface MailResult {
  status: "FORGOT_PASSWORD_EMAIL_SENT" | "UNLOCK_ACCOUNT_EMAIL_SENT";
  username?: string;
}

/** What a token is good for, as okta-auth-js has it. */
interface OfToken {
  /** In seconds since 1970. */
  expiresAt: number;
  scopes: string[];
  authorizeUrl: string;
}

/** Tokens, as okta-auth-js has them. */
export interface Tokens {
  /** `claims` are for reading only: the server that the token is for checks them. */
  accessToken?: OfToken & {
    accessToken: string;
    tokenType: string;
    userinfoUrl: string;
    claims?: Record<string, unknown>;
  };
  /** The widget has checked it. */
  idToken?: OfToken & { idToken: string; issuer: string; clientId: string; claims: Record<string, unknown> };
  refreshToken?: OfToken & { refreshToken: string; issuer: string; tokenUrl: string };
}

/** With a `clientId`. */
export interface TokensResult {
  status: "SUCCESS";
  tokens: Tokens;
}

/** How the app gets tokens. */
export interface AuthParams {
  issuer?: string;
  scopes?: string[];
  responseType?: string | string[];
  responseMode?: string;
  pkce?: boolean;
  display?: "none" | "page";
  /** For a code that a server exchanges. */
  state?: string;
  /** For a code that a server exchanges. */
  nonce?: string;
  codeChallenge?: string;
  codeChallengeMethod?: string;
}

export type SuccessResult = SessionResult | StepUpResult | TokensResult;
export type RenderResult = SuccessResult | MailResult;

export interface EventContext {
  controller: string;
}

export interface EventError {
  name: string;
  message: string;
  statusCode?: number;
  xhr?: {
    status: number;
    responseType: "json";
    responseText: string;
    responseJSON: { errorCode: string; errorSummary: string };
  };
}

export type Hook = () => void | Promise<void>;

export interface Hooks {
  [step: string]: { before?: Hook[]; after?: Hook[] };
}

export interface RegistrationError {
  errorSummary?: string;
  errorCauses?: { errorSummary: string; property: string }[];
}

type Answer<Value, Given = Value> = (
  value: Value,
  onSuccess: (value?: Given) => void,
  onFailure: (error?: RegistrationError) => void,
) => void;

export interface RegistrationSchema {
  profileSchema: {
    properties: Record<string, Record<string, unknown>>;
    required?: string[];
    fieldOrder?: string[];
  };
}

export interface Registration {
  click?(): void;
  parseSchema?: Answer<RegistrationSchema>;
  preSubmit?: Answer<Record<string, string>>;
  postSubmit?: Answer<string>;
}

export interface Link {
  text: string;
  href: string;
  target?: string;
}

export interface CustomButton {
  title?: string;
  i18nKey?: string;
  className?: string;
  click(): void;
}

/** An option of either widget may be set; one that has no effect is reported in the console. */
export interface OktaSignInConfig {
  el?: string | Element;
  baseUrl?: string;
  username?: string;
  relayState?: string;
  stateToken?: string;
  recoveryToken?: string;
  issuer?: string;
  clientId?: string;
  redirectUri?: string;
  scopes?: string[];
  authParams?: AuthParams;
  transformUsername?(username: string, operation: "PRIMARY_AUTH" | "FORGOT_PASSWORD" | "UNLOCK_ACCOUNT" | "IDP_DISCOVERY"): string;
  processCreds?(credentials: { username: string; password: string }, callback: () => void): void;
  useClassicEngine?: boolean;
  hooks?: Hooks;
  logo?: string;
  logoText?: string;
  brandName?: string;
  colors?: { brand?: string };
  helpSupportNumber?: string;
  helpLinks?: {
    help?: string;
    forgotPassword?: string;
    unlock?: string;
    factorPage?: Link;
    custom?: Link[];
  };
  customButtons?: CustomButton[];
  language?: string | ((supportedLanguages: string[], userLanguages: string[]) => string | undefined);
  i18n?: Record<string, Record<string, string>>;
  registration?: Registration;
  consent?: { cancel?(): void };
  features?: Record<string, boolean>;
  [option: string]: unknown;
}

export declare class OktaSignIn {
  constructor(config: OktaSignInConfig);
  renderEl(
    options?: OktaSignInConfig,
    success?: (result: RenderResult) => void,
    error?: (error: RenderError) => void,
  ): Promise<SuccessResult>;
  showSignIn(options?: OktaSignInConfig): Promise<SuccessResult>;
  /** Needs `clientId`. */
  showSignInToGetTokens(options?: OktaSignInConfig): Promise<Tokens>;
  /** Needs `clientId`. It leaves the page, and resolves where the browser has come back to it with tokens. */
  showSignInAndRedirect(options?: OktaSignInConfig): Promise<Tokens>;
  /** Whether the page's address has tokens, or a code for some. */
  hasTokensInUrl(): boolean;
  hide(): void;
  show(): void;
  remove(): void;
  on(event: "ready" | "afterRender", listener: (context: EventContext) => void, context?: unknown): void;
  on(event: "afterError", listener: (context: EventContext, error: EventError) => void, context?: unknown): void;
  once(event: "ready" | "afterRender", listener: (context: EventContext) => void, context?: unknown): void;
  once(event: "afterError", listener: (context: EventContext, error: EventError) => void, context?: unknown): void;
  off(event?: string, listener?: (...details: never[]) => void): void;
  before(step: string, hook: Hook): void;
  after(step: string, hook: Hook): void;
}
export default OktaSignIn;
