// The fake Duo's script: `Duo.init({host, sig_request, iframe, submit_callback, post_action,
// post_argument})`, as in Duo's Web SDK. It appends the org's half of the signature to the frame's response.
(function () {
  "use strict";
  function init(options) {
    var halves = String(options.sig_request).split(":");
    var frame = typeof options.iframe === "string" ? document.getElementById(options.iframe) : options.iframe;
    frame = frame || document.getElementById("duo_iframe");
    if (!frame) throw new Error("Duo needs an iframe");
    var host = String(options.host);
    var origin = (/^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host) ? "http://" : "https://") + host;

    function finish(event) {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      if (typeof event.data !== "string" || event.data.indexOf("AUTH|") !== 0) return;
      window.removeEventListener("message", finish);
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = options.post_argument || "sig_response";
      field.value = event.data + ":" + halves[1];
      var form = document.createElement("form");
      form.method = "POST";
      form.action = options.post_action || "";
      form.appendChild(field);
      if (options.submit_callback) return options.submit_callback(form);
      frame.parentNode.insertBefore(form, frame);
      form.submit();
    }

    window.addEventListener("message", finish);
    frame.src =
      origin + "/frame/web/v1/auth?tx=" + encodeURIComponent(halves[0]) + "&parent=" + encodeURIComponent(location.href);
  }
  window.Duo = { init: init };
})();
