// What of a result is still good.
// Not here: where it is kept.

/**
 * Returns a copy of `kept`, a result of the widget or what JSON makes of it, whose tokens have not expired at `now`; `null`
 * where none is left. How long a refresh token lasts, the org alone knows.
 */
export function unexpired(kept, now) {
  if (kept?.type !== "tokens") return null;
  const expiresAt = kept.expiresAt === null ? null : new Date(kept.expiresAt);
  // A date that cannot be read is none that is later.
  const hasAccess = kept.accessToken !== null && (expiresAt === null || expiresAt > now);
  const hasId = kept.idToken !== null && kept.claims?.exp * 1000 > now;
  if (!hasAccess && !hasId && !kept.refreshToken) return null;
  return {
    ...kept,
    accessToken: hasAccess ? kept.accessToken : null,
    expiresAt: hasAccess ? expiresAt : null,
    idToken: hasId ? kept.idToken : null,
    claims: hasId ? kept.claims : null,
  };
}
