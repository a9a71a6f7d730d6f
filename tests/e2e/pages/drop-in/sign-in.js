// The page without OpenID Connect: a success callback leads through the org's session to the page that the address names.
var signIn = new OktaSignIn({
  baseUrl: document.body.dataset.baseUrl,
  useClassicEngine: true,
  features: { multiOptionalFactorEnroll: true },
});

signIn.renderEl(
  { el: "#osw-container" },
  function (res) {
    if (res.status !== "SUCCESS") return;
    var target = new URLSearchParams(location.search).get("to");
    res.session.setCookieAndRedirect(new URL(target || "landing.html", location.href).href);
  },
  function (error) {
    document.querySelector("h1").textContent = error.name + ": " + error.message;
  },
);
