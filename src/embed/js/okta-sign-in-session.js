// The session that the browser has at the org, for a page's own code: whether there is one, how long it lasts, its end.
// Not here: the sign-in; a widget, which this needs none of.

const TIMEOUT = 12_000;
// What the org calls a session that is none, or whose end it was told.
const NONE = ["E0000005", "E0000007"];

/**
 * Functions for the session at the org `baseUrl`. Each resolves to a value that says where there is no session, and rejects
 * with an error that has the `status`, or none, where the org could not be asked.
 */
export function sessionAt(baseUrl) {
  const { origin, protocol } = new URL(baseUrl);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`okta-sign-in: no address of an org: ${baseUrl}`);
  const ask = (method, path, body) => request(method, `${origin}/api/v1/${path}`, body);

  const session = {
    /** Resolves to `{login, userId, status, expiresAt}`, or to `null` without a session. */
    get: async () => read(await ask("GET", "sessions/me")),

    /** Resolves to whether somebody is signed in. A session that waits for a factor is none yet. */
    exists: async () => (await session.get())?.status === "ACTIVE",

    /** Has the session last longer. Resolves to the session as it is then, or to `null` without one. */
    refresh: async () => read(await ask("POST", "sessions/me/lifecycle/refresh")),

    /** Signs out. Resolves to whether there was a session. */
    close: async () => Boolean(await ask("DELETE", "sessions/me")),

    /** Signs out in all browsers, or with `keepCurrent` in all others. Resolves to whether there was a session here. */
    closeAll: async ({ keepCurrent = false } = {}) =>
      Boolean(await ask("POST", "users/me/lifecycle/delete_sessions", { keepCurrent })),
  };
  return session;
}

// Resolves to what the org answers, an empty object where that is empty, or to `undefined` without a session.
async function request(method, url, body) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  try {
    const response = await fetch(url, {
      method,
      credentials: "include",
      cache: "no-store",
      redirect: "error",
      headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      signal: controller.signal,
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer ?? {};
    if (NONE.includes(answer?.errorCode)) return undefined;
    const { status } = response;
    throw Object.assign(new Error(`okta-sign-in: the org answers with ${status}`), { status });
  } finally {
    clearTimeout(timer);
  }
}

function read(answer) {
  if (!answer) return null;
  const { login = null, userId = null, status = null, expiresAt } = answer;
  const date = new Date(expiresAt ?? NaN);
  return { login, userId, status, expiresAt: Number.isNaN(date.getTime()) ? null : date };
}
