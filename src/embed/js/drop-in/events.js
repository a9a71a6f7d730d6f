// Our events as those of okta-signin-widget: `ready`, `afterRender`, `afterError`, and the results that tell of an e-mail.
// Not here: listeners (emitter.js); the end of a sign-in (rendering.js).

import { controllerOf, isSilent, waitsForMail } from "./steps.js";

// A page of okta-signin-widget does not know them: they stay in the element. One has the session token, and one is named
// like the event of a page's own mistakes.
const OURS = ["ready", "step", "success", "error", "cancel"];

/**
 * Passes the events of `widget` in `element` on.
 * - `emitter`, `hooks`: those of the instance.
 * - `mailSent()` is told of an e-mail that was sent, and returns what it was for, as a member of `MAILS`.
 * - `failed(detail)` and `cancelled(detail)` are told of every error, and of an end by the person.
 */
export function forwardEvents(widget, element, { emitter, hooks, mailSent, failed, cancelled }) {
  for (const name of OURS) element.addEventListener(name, (event) => event.stopPropagation());
  let controller = controllerOf({ step: "start" });
  let isReady = false;
  // The pages there read the form when they hear of it: it is rendered after the event.
  const rendered = (tell) => setTimeout(() => element.isConnected && tell());

  widget.on("step", ({ detail }) => {
    if (isSilent(detail)) return;
    controller = controllerOf(detail);
    rendered(() => {
      const mail = waitsForMail(detail, element) ? mailSent() : undefined;
      controller = mail?.controller ?? controllerOf(detail);
      ready();
      emitter.emit("afterRender", { controller });
      hooks.runAfter(controller);
      mail?.tell();
    });
  });
  widget.on("error", ({ detail }) => {
    failed(detail);
    const context = { controller };
    rendered(() => emitter.emit("afterError", context, errorOf(detail, alertIn(element))));
  });

  widget.on("cancel", ({ detail }) => cancelled(detail));

  // The first of all, and once.
  function ready() {
    if (isReady) return;
    isReady = true;
    emitter.emit("ready", { controller });
  }
}

/** What the person reads: the org's own words stay in the widget. */
const alertIn = (element) => (element.shadowRoot ?? element).querySelector("[role=alert]")?.textContent.trim() ?? "";

function errorOf({ code, status }, message) {
  const error = { name: status === null ? "AuthSdkError" : "AuthApiError", message };
  if (status === null) return error;
  const responseJSON = { errorCode: code, errorSummary: message };
  const xhr = { status, responseType: "json", responseJSON, responseText: JSON.stringify(responseJSON) };
  return { ...error, statusCode: status, xhr };
}
