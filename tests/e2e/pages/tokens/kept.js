// The page that has the widget keep its tokens, as `storage` of its address says, and shows what is kept: when it is opened, and
// after a sign-in.
import { mount } from "./okta-sign-in.js";
import { tokens } from "./okta-sign-in-token-storage.js";

const storage = new URLSearchParams(location.search).get("storage");
const { dataset } = document.body;

function kept() {
  const kept = tokens.get();
  return kept ? `${kept.claims.preferred_username} ${typeof kept.accessToken}` : "none";
}

dataset.opened = kept();
mount("#sign-in", {
  baseUrl: dataset.baseUrl,
  tokens: { clientId: "0oasamplebrowserapp0", redirectUri: `${location.origin}/`, storage },
  onSuccess: () => (dataset.signedIn = kept()),
});
