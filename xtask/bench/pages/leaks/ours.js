// What a round is with the widget. Not here: how many there are.
import "./okta-sign-in.js";
import "./okta-my-factors.js";

const { org, hook } = document.body.dataset;
const { until, type, pause, verified, untilVerified } = window.__watch;
let element, result;

function add(name, attributes) {
  result = undefined;
  element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.onSuccess = (given) => (result = given);
  document.body.append(element);
}
async function remove() {
  element.remove();
  element = undefined;
  await pause();
}
const find = (selector) => element.querySelector(selector);
const button = (text) => [...element.querySelectorAll("button")].find((one) => one.textContent.trim() === text);
async function press(text) {
  (await until(() => element.isConnected && button(text)?.matches(":not([disabled], [aria-disabled=true])") && button(text))).click();
}
const FORM = "form:has(input[name=username]) input[name=password]";

async function submit([username, password]) {
  add("okta-sign-in", { "base-url": org, "session-redirect": "callback", "existing-session": "ignore" });
  await until(() => find(FORM));
  await pause();
  type(find("input[name=username]"), username);
  type(find("input[name=password]"), password);
  await press("Sign in");
}

window.__page = {
  async mount() {
    add("okta-sign-in", { "base-url": org, "session-redirect": "callback" });
    await until(() => find("input[name=username]"));
    await remove();
  },
  async mountFactors() {
    add("okta-my-factors", { "base-url": org, "hook-url": hook });
    await until(() => element.textContent.includes("Google Authenticator"));
    await remove();
  },
  /** Signs in, up to the message with the code. */
  async begin(user) {
    await submit(user);
    await press("Send code");
    await until(() => find("input[name=passcode]"));
  },
  async finish(code) {
    type(find("input[name=passcode]"), code);
    // A complete code may have been submitted already.
    button("Verify")?.click();
    await until(() => result);
    await remove();
  },
  /** The same, and the hook gets the session. */
  async finishWithHook(code) {
    await window.__page.finish(code);
    const answer = await fetch(`${hook}/session`, {
      method: "POST",
      credentials: "include",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sessionToken: result.sessionToken }),
    });
    if (!answer.ok) throw new Error(`the hook says ${answer.status}`);
  },
  /** Signs in, up to the push. */
  async push(user) {
    const before = verified();
    await submit(user);
    await press("Send notification");
    await until(() => verified() > before);
  },
  poll: untilVerified,
  async again(user) {
    await remove();
    await window.__page.push(user);
  },
};
