// The page that gets tokens: on the page itself, or by a redirect where its address has `?redirect`.
var signIn = new OktaSignIn({
  el: "#osw-container",
  baseUrl: document.body.dataset.baseUrl,
  useClassicEngine: true,
  clientId: "0oadropinpage0000000",
  redirectUri: location.origin + "/tokens.html",
  authParams: {
    issuer: document.body.dataset.baseUrl + "/oauth2/default",
    scopes: ["openid", "profile", "offline_access"],
  },
});
var leaves = location.search === "?redirect";

signIn[leaves ? "showSignInAndRedirect" : "showSignInToGetTokens"]().then(function (tokens) {
  var entry = document.createElement("li");
  var now = Math.floor(Date.now() / 1000);
  entry.textContent = [
    Object.keys(tokens).join(" "),
    tokens.idToken.claims.preferred_username,
    tokens.accessToken.claims.aud,
    tokens.accessToken.expiresAt > now && tokens.accessToken.expiresAt < now + 4000,
    tokens.refreshToken.tokenUrl === document.body.dataset.baseUrl + "/oauth2/default/v1/token",
    location.search + location.hash,
  ].join(", ");
  document.getElementById("log").append(entry);
});
document.body.dataset.hasTokens = signIn.hasTokensInUrl();
