// The page of an app that gets tokens. Its address says how (`display`), and what the page's own code changes on the way
// (`change`), so that the widget has something to refuse.
import { mount } from "./okta-sign-in.js";

const KEPT = "okta-sign-in-tokens";
const given = new URLSearchParams(location.search);
const display = given.get("display");
const change = given.get("change");
const { dataset } = document.body;

/** Replaces one part of the request that the tab keeps while the browser is at the org. */
function replaceKept(index) {
  const kept = sessionStorage.getItem(KEPT)?.split(".");
  if (kept) sessionStorage.setItem(KEPT, kept.with(index, "another").join("."));
}

const changes = {
  state: () => replaceKept(0),
  nonce: () => replaceKept(1),
  signature() {
    const send = window.fetch;
    window.fetch = async (request, ...more) => {
      const response = await send(request, ...more);
      if (!response.url.endsWith("/v1/token")) return response;
      const body = await response.json();
      const [header, claims, signature] = body.id_token.split(".");
      const first = signature.startsWith("A") ? "B" : "A";
      body.id_token = [header, claims, first + signature.slice(1)].join(".");
      const { status, headers } = response;
      return new Response(JSON.stringify(body), { status, headers });
    };
  },
};
changes[change]?.();

const widget = mount("#sign-in", {
  baseUrl: dataset.baseUrl,
  tokens: {
    clientId: "0oatokenspage0000000",
    redirectUri: `${location.origin}/tokens.html?display=${display}&change=${change}`,
    display,
  },
  onSuccess({ claims, accessToken }) {
    dataset.result = `${claims.preferred_username} ${typeof accessToken} ${sessionStorage.length}`;
  },
});
widget.on("error", ({ detail }) => (dataset.result = detail.code));
