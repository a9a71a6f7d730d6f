// The page that listens: every event, hook and result is an entry of a list.
function log(text) {
  var entry = document.createElement("li");
  entry.textContent = text;
  document.getElementById("log").append(entry);
}

var signIn = new OktaSignIn({
  el: "#osw-container",
  baseUrl: document.body.dataset.baseUrl,
  useClassicEngine: true,
  transformUsername: function (username, operation) {
    log("transformUsername " + operation);
    return username;
  },
  processCreds: function (creds, callback) {
    log("processCreds " + creds.username + " " + typeof creds.password);
    callback();
  },
  hooks: {
    "mfa-verify": {
      after: [
        async function () {
          log("after mfa-verify");
        },
      ],
    },
  },
});

signIn.on("ready", function (context) {
  log("ready " + context.controller);
});
signIn.on("afterRender", function (context) {
  log("afterRender " + context.controller);
});
signIn.on("afterError", function (context, error) {
  log(["afterError", context.controller, error.name, error.statusCode, error.xhr.responseJSON.errorCode].join(" "));
});
signIn.before("success-redirect", async function () {
  log("before success-redirect");
});

function render() {
  signIn.renderEl({}, function (res) {
    log(["result", res.status, res.username || res.user.profile.login, typeof res.session?.token].join(" "));
  });
}

document.getElementById("hide").onclick = function () {
  signIn.hide();
};
document.getElementById("show").onclick = function () {
  signIn.show();
};
document.getElementById("remove").onclick = function () {
  signIn.remove();
};
document.getElementById("render").onclick = render;
render();
