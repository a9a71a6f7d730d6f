// The page of an app with Okta's own client. It goes on by itself where the browser has come back with an answer.
var dataset = document.body.dataset;
var client = new OktaAuth({
  issuer: dataset.baseUrl + "/oauth2/default",
  clientId: "0oaauthjspage0000000",
  redirectUri: location.origin + "/auth-js.html",
  scopes: ["openid", "profile"],
  restoreOriginalUri: async function (_, uri) {
    dataset.returnedTo = uri;
  },
});

/** Shows what the client has, or why it has none. */
function show(promise) {
  promise.then(
    function () {
      var tokens = client.tokenManager.getTokensSync();
      dataset.result = [tokens.idToken.claims.preferred_username, tokens.accessToken.scopes.join(" ")].join(", ");
    },
    function (error) {
      dataset.result = error.name + ": " + error.message;
    },
  );
}

/** A session token, as a page with its own form has it. */
async function sessionToken() {
  var transaction = await client.signInWithCredentials({ username: "ada.byron", password: "Analytical1843" });
  return transaction.sessionToken;
}

if (client.isLoginRedirect()) show(client.handleRedirect());
