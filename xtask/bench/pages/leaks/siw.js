// What a round is with okta-signin-widget. Not here: how many there are.
(() => {
  const { org } = document.body.dataset;
  const { until, type, pause, verified, untilVerified } = window.__watch;
  let widget, result;

  function add() {
    result = undefined;
    widget = new OktaSignIn({ baseUrl: org, useClassicEngine: true, language: "en" });
    widget.renderEl(
      { el: "#widget" },
      (given) => (result = given),
      () => {},
    );
  }
  async function remove() {
    widget.remove();
    widget = undefined;
    await pause();
  }
  const find = (selector) => document.querySelector(selector);
  // While it changes from one form to the next, both are there.
  const settled = (selector) => until(() => !find(".animation-container-overflow") && find(selector));

  async function submit([username, password]) {
    add();
    await settled("#okta-signin-submit");
    type(find("#okta-signin-username"), username);
    type(find("#okta-signin-password"), password);
    find("#okta-signin-submit").click();
  }

  window.__page = {
    async mount() {
      add();
      await until(() => find("#okta-signin-username"));
      await remove();
    },
    async begin(user) {
      await submit(user);
      (await settled(".sms-request-button")).click();
      // The button says so until another message may be sent.
      await until(() => /disabled/.test(find(".sms-request-button").className));
    },
    async finish(code) {
      type(find("input[name=answer]"), code);
      find("form input[type=submit]").click();
      await until(() => result);
      await remove();
    },
    async push(user) {
      const before = verified();
      await submit(user);
      (await settled("form.mfa-verify-push input[type=submit], form input[type=submit]:not(#okta-signin-submit)")).click();
      await until(() => verified() > before);
    },
    poll: untilVerified,
    async again(user) {
      await remove();
      await window.__page.push(user);
    },
  };
})();
