// Types of okta-sign-in-session.js: the session that the browser has at the org.

export interface OktaSession {
  readonly login: string | null;
  readonly userId: string | null;
  /** As the org names it: `ACTIVE`, or what the session still waits for. */
  readonly status: string | null;
  readonly expiresAt: Date | null;
}

/** Each function rejects, with an error that has the `status` of the response, where the org could not be asked. */
export interface OktaSessionFunctions {
  /** The session, or `null` without one. */
  get(): Promise<OktaSession | null>;
  /** Whether somebody is signed in. */
  exists(): Promise<boolean>;
  /** Has the session last longer; `null` without one. */
  refresh(): Promise<OktaSession | null>;
  /** Signs out. Whether there was a session. */
  close(): Promise<boolean>;
  /** Signs out in all browsers, or in all others. Whether there was a session here. */
  closeAll(options?: { keepCurrent?: boolean }): Promise<boolean>;
}

/** Functions for the session at the org: `https://example.okta.com`. */
export function sessionAt(baseUrl: string): OktaSessionFunctions;
