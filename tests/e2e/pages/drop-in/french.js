// The page that chooses its language, and has texts of its own in it.
var signIn = new OktaSignIn({
  baseUrl: document.body.dataset.baseUrl,
  useClassicEngine: true,
  language: function (supportedLanguages, userLanguages) {
    document.body.dataset.languages = supportedLanguages.join(" ") + " | " + userLanguages.join(" ");
    return "fr";
  },
  i18n: {
    en: { "primaryauth.title": "Welcome to Acme", "customButton.title": "A button" },
    fr: {
      "primaryauth.title": "Bienvenue chez Acme",
      "customButton.title": "Un bouton",
      forgotpassword: "Perdu ?",
      "errors.E0000004": "Mauvais mot de passe.",
    },
  },
  helpLinks: { forgotPassword: "landing.html", unlock: "landing.html" },
  features: { selfServiceUnlock: true },
  customButtons: [{ i18nKey: "customButton.title", click: function () {} }],
});

signIn.renderEl({ el: "#osw-container" }, function (res) {
  if (res.status === "SUCCESS") res.session.setCookieAndRedirect(new URL("landing.html", location.href).href);
});
