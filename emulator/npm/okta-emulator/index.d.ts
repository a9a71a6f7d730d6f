/// <reference lib="esnext.disposable" />

/** A value of the configuration, as TOML has it. */
export type ConfigValue = string | number | bigint | boolean | ConfigValue[] | { [key: string]: ConfigValue | undefined };

/** The configuration as an object: what the configuration file has, with the same keys. */
export interface Config {
  [key: string]: ConfigValue | undefined;
}

export interface StartOptions {
  /**
   * The org's users, policies, clients: the path of a TOML file, a text of TOML (with a line break), or an object with
   * the same keys. The sample org if left out.
   */
  config?: string | { readonly href: string } | Config;
  /** 0, the default, takes a free port. */
  port?: number;
  /** The host in the org's own addresses, `localhost` or below it. */
  host?: string;
  /** The origins of the pages that may call the org: Trusted Origins with CORS and Redirect. */
  pageOrigins?: string | readonly string[];
  /** Where the org is to its clients, if it is behind a proxy. */
  baseUrl?: string;
  /** HTTPS, by a certificate that is made at the start, or by one of your own (paths of PEM files). */
  tls?: boolean | { readonly cert: string; readonly key: string };
  /** A file that keeps the org over restarts. */
  state?: string;
  /** What is logged to standard error. `warn` if left out. */
  log?: "error" | "warn" | "info" | "debug" | "trace";
}

export interface User {
  id: string;
  login: string;
  status: string;
  /** Kinds, such as `okta_sms`. */
  factors: string[];
  activationToken: string | null;
}

/** What is left out stays as it is. */
export interface UserChange {
  /** Policies by their names in the configuration. */
  signOn?: string;
  passwordPolicy?: string;
  enroll?: string;
  passwordAgeDays?: number;
  passwordExpired?: boolean;
  lockedOut?: boolean;
  setupUnfinished?: boolean;
  /** Removes all factors. */
  resetFactors?: boolean;
}

/** What an app or a token shows now. */
export interface Code {
  login: string;
  factorId: string;
  factorType: string;
  provider: string;
  /** A spare token is one that anyone may enrol. */
  status: "ACTIVE" | "PENDING_ACTIVATION" | "SPARE";
  code: string | null;
  /** The code after it, where an enrolment needs two. */
  nextCode: string | null;
  /** Base32. */
  secret: string | null;
}

export interface Message {
  at: string;
  channel: "sms" | "call" | "email";
  login: string;
  /** A phone number or an e-mail address. */
  to: string;
  text: string;
  code: string | null;
  link: string | null;
  /** The `Accept-Language` of the request. */
  language: string | null;
}

export type Fault =
  | { kind: "delay"; seconds: number }
  | { kind: "hold" | "hang" | "reset" | "reset-midway" | "lose" | "twice" | "rate-limit" | "truncate" }
  /** The body comes in small pieces over this time. */
  | { kind: "drip"; seconds: number }
  | { kind: "status"; status: number }
  /** Comes in place of the org's answer: status 200, no type and an empty body where they are left out. */
  | { kind: "answer"; status?: number; contentType?: string; body?: string }
  /** JSON of arrays in each other. */
  | { kind: "deep"; levels: number }
  /** The answer with a member of this length more. */
  | { kind: "large"; bytes: number }
  /** The answer has this header as the only one of its name, or has none without a value. */
  | { kind: "header"; name: string; value?: string }
  | { kind: "replace"; pointer: string; value: unknown }
  | { kind: "remove"; pointer: string };

export interface PlannedFault {
  /** Any method if left out. */
  method?: string;
  /** A segment in braces, as in `/api/v1/authn/factors/{id}/verify`, stands for any. */
  path: string;
  /** How many requests fail; 1 if left out. */
  times?: number;
  fault: Fault;
}

export interface Request {
  method: string;
  path: string;
  /** `null` where no response was sent. */
  status: number | null;
}

/** Something that waits on a user's phone. */
export interface WaitingPush {
  login: string;
  kind: "approve" | "setUp";
  device: string | null;
  numbers: [number, number, number] | null;
  correct: number | null;
}

export interface TransactionWanted {
  login: string;
  /** A status of the transaction, such as `MFA_REQUIRED`. */
  state: string;
  /** A kind, such as `okta_sms`. */
  factor?: string;
  result?: "FAILED" | "REJECTED" | "TIMEOUT" | "OKTA_VERIFY_UPGRADE_REQUIRED";
  /** The id of an application that asks for more. */
  app?: string;
  /** The origin of the page; the first trusted one if left out. */
  page?: string;
}

export interface Clock {
  now(): Promise<Date>;
  /** Moves the org's clock forward, and says what time it is there then. */
  advance(seconds: number): Promise<Date>;
}

/** A running org. */
export interface Org {
  /** Where it listens. */
  readonly url: string;
  /** The certificate of the authority that was made at the start with `tls: true`, as PEM. */
  readonly authority: string | undefined;
  readonly clock: Clock;
  users(): Promise<User[]>;
  changeUser(login: string, change: UserChange): Promise<void>;
  /** The codes of all apps and tokens, or of one user's. */
  codes(login?: string): Promise<Code[]>;
  /** All messages, the latest at the end. */
  outbox(): Promise<Message[]>;
  /** What was called, in order. */
  requests(): Promise<Request[]>;
  pushes(): Promise<WaitingPush[]>;
  /** What the user does with the phone. */
  push(login: string, action: "approve" | "deny" | "set-up"): Promise<void>;
  push(login: string, action: "number" | "make-right", number: number): Promise<void>;
  /** A transaction in the middle, and the address of the page that goes on with it. */
  transaction(wanted: TransactionWanted): Promise<{ url: string; stateToken: string }>;
  /** Has the next requests fail that fit. */
  faults(...planned: PlannedFault[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** Users, messages, sessions and clock as at the start; no faults. */
  reset(): Promise<void>;
  /** Any call of the control interface, by its path below `/control/`. */
  control(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<any>;
  /** Stops it. A second call does nothing more. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an org and waits until it answers. It stops with `close`, and at the latest with this process. The error has
 * the program's own message.
 */
export function start(options?: StartOptions): Promise<Org>;

/** The path of the program for this platform. */
export function program(): string;
