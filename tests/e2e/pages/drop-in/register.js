// The page with code of its own for a registration: the hook creates the user.
function log(text) {
  var entry = document.createElement("li");
  entry.textContent = text;
  document.getElementById("log").append(entry);
}

var signIn = new OktaSignIn({
  baseUrl: document.body.dataset.baseUrl,
  // An option of this widget.
  hookUrl: document.getElementById("osw-container").dataset.hookUrl,
  useClassicEngine: true,
  features: { registration: true },
  registration: {
    preSubmit: function (postData, onSuccess, onFailure) {
      if (postData.firstName === "Loki") {
        onFailure({
          errorSummary: "Not for everybody.",
          errorCauses: [{ errorSummary: "Another name, please.", property: "firstName" }],
        });
        return;
      }
      if (postData.email.indexOf("@") === -1) postData.email += "@example.com";
      log("preSubmit " + postData.email);
      onSuccess(postData);
    },
    postSubmit: function (response, onSuccess) {
      log("postSubmit " + response);
      onSuccess(response);
    },
  },
});

signIn.renderEl({ el: "#osw-container" }, function (res) {
  log("result " + res.status);
});
