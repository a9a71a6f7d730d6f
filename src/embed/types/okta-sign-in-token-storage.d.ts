// Types of okta-sign-in-token-storage.js: the tokens that the widget keeps for a page (docs/tokens.md).

import type { TokensResult } from "./okta-sign-in.js";

/** Kept tokens. One that has expired is `null`, and so are its times and claims. */
export interface KeptTokens extends Omit<TokensResult, "idToken" | "claims"> {
  readonly idToken: string | null;
  readonly claims: Readonly<Record<string, unknown>> | null;
}

export declare const tokens: {
  /** The kept tokens without those that have expired; `null` where there are none. */
  get(): KeptTokens | null;
  /** Replaces them after a refresh, in the same place. Throws where none are kept. */
  set(tokens: KeptTokens): void;
  /** Drops them: when the person signs out. */
  clear(): void;
};
