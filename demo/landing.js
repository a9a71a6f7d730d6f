// The page after sign-in: shows the org's session, refreshes it, closes it. Values are inserted as text only.
const SESSION = `${document.body.dataset.baseUrl}/api/v1/sessions/me`;
const $ = (id) => document.getElementById(id);

const ask = (method, path = "") =>
  fetch(SESSION + path, { method, credentials: "include", headers: { Accept: "application/json" } });

function show(title, message, session) {
  $("title").textContent = title;
  $("message").textContent = message;
  for (const id of ["session", "refresh", "sign-out"]) $(id).hidden = !session;
  $("sign-in").hidden = Boolean(session);
  showFactors(Boolean(session));
  if (!session) return;
  const date = (text) => (text ? new Date(text).toLocaleString() : "unknown");
  $("login").textContent = session.login;
  $("amr").textContent = (session.amr ?? []).join(", ") || "unknown";
  $("created").textContent = date(session.createdAt);
  $("expires").textContent = date(session.expiresAt);
}

// With a backend hook, the page also shows factor management.
const factors = document.querySelector("okta-my-factors[hook-url]");
function showFactors(signedIn) {
  if (!factors) return;
  factors.hidden = !signedIn;
  if (signedIn) import("./okta-my-factors.js");
  else factors.remove();
}

async function run(request, good) {
  try {
    const response = await request;
    if (response.status === 404) show("You are not signed in", "There is no session.");
    else if (!response.ok) show("You are not signed in", `The org answered with status ${response.status}.`);
    else await good(response);
  } catch {
    show("You are not signed in", "The org can't be reached. Reload the page to try again.");
  }
}

const signedIn = async (response) => {
  const session = await response.json();
  if (session.status === "ACTIVE") show("You are signed in", "", session);
  else show("You are not signed in", `The session is in state ${session.status}.`);
};

$("refresh").addEventListener("click", () =>
  run(ask("POST", "/lifecycle/refresh"), async (response) => {
    await signedIn(response);
    $("message").textContent = "The session was refreshed.";
  }),
);
$("sign-out").addEventListener("click", () =>
  run(ask("DELETE"), async () => {
    show("You are signed out", "See you soon.");
    $("title").focus();
  }),
);
run(ask("GET"), signedIn);
