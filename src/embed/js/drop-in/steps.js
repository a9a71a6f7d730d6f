// The steps of a sign-in, as okta-signin-widget calls them.
// Not here: which step is shown.

/** Our name of a step, with the transaction's status where that decides, to the name there. */
export const CONTROLLERS = {
  start: "primary-auth",
  resuming: "refresh-auth-state",
  "mfa-required": "mfa-verify",
  "mfa-challenge": "mfa-verify",
  "mfa-enroll": "enroll-choices",
  password: "password-expired",
  "password PASSWORD_RESET": "password-reset",
  recovery: "forgot-password",
  consent: "consent-required",
  "consent ADMIN_CONSENT_REQUIRED": "admin-consent-required",
  "device-activate": "device-code-activate",
  "device-ended": "device-code-terminal",
};

/** What the user name was for, to the name of the step after an e-mail, and to the status of its result. */
export const MAILS = {
  FORGOT_PASSWORD: { controller: "password-reset-email-sent", status: "FORGOT_PASSWORD_EMAIL_SENT" },
  UNLOCK_ACCOUNT: { controller: "account-unlock-email-sent", status: "UNLOCK_ACCOUNT_EMAIL_SENT" },
};

// The page's code has the result then: there is no page for that there.
const SILENT = ["signed-in", "leaving"];

/** Whether the step is none there. */
export const isSilent = ({ step }) => SILENT.includes(step);

/** Returns `context.controller` for a step of ours. One without a name there keeps our name. */
export const controllerOf = ({ step, status }) => CONTROLLERS[`${step} ${status}`] ?? CONTROLLERS[step] ?? step;

/** Whether the step waits for an e-mail to be read, and for nothing to be entered; it is rendered in `element`. */
export const waitsForMail = ({ step }, element) =>
  step === "recovery-challenge" && !(element.shadowRoot ?? element).querySelector("input");
