// The texts that a page of okta-signin-widget replaces with `i18n`: their keys there, and the keys of
// locales/en.arb that say the same. `{0}` becomes the name of the value in ours.
// Not here: the texts.

import { warn } from "./errors.js";

/** Keys there to keys here: one, several, or one with the name of its value. */
export const KEYS = {
  "account.unlock.emailSent.desc": { key: "recover.mail.unlock", value: "username" },
  "account.unlock.title": "recover.unlock.title",
  "account.unlock.unlocked.desc": "notice.unlocked",
  autoPush: "verify.push.auto",
  "enroll.choices.description.generic": "enroll.intro",
  "enroll.choices.list.enrolled": "enroll.done",
  "enroll.choices.list.optional": "enroll.optional",
  "enroll.choices.list.setup": "enroll.required",
  "enroll.choices.setup.skip": "enroll.skip",
  "enroll.choices.submit.finish": "enroll.finish",
  "enroll.choices.title": "enroll.title",
  "error.auth.lockedOut": "notice.locked_out",
  "error.expired.session": "notice.sign_in_timed_out",
  "error.network.connection": "notice.unreachable",
  "error.password.required": "notice.missing.password",
  "error.request.timeout": "notice.no_answer",
  "error.server.internal": "notice.server_error",
  "error.unsupported.response": "notice.unexpected",
  "error.username.required": "notice.missing.username",
  "errors.E0000004": "notice.wrong_credentials",
  "errors.E0000047": "notice.rate_limited",
  "errors.E0000069": "notice.locked_out",
  "errors.E0000082": "notice.code_used",
  "errors.E0000087": "notice.wrong_answer",
  "factor.call": "factor.call",
  "factor.duo": "factor.duo",
  "factor.email": "factor.email",
  "factor.oktaVerifyPush": "factor.push",
  "factor.password": "factor.password",
  "factor.securityQuestion": "factor.question",
  "factor.sms": "factor.sms",
  "factor.totpHard.rsaSecurId": "factor.rsa",
  "factor.totpHard.symantecVip": "factor.symantec",
  "factor.totpHard.yubikey": "factor.yubikey",
  "factor.totpSoft.googleAuthenticator": "factor.google_totp",
  "factor.u2f": "factor.u2f",
  "factor.webauthn.biometric": "factor.webauthn",
  "factor.windowsHello": "factor.windows_hello",
  forgotpassword: "primary.forgot",
  goback: "action.start_over",
  "mfa.call": "verify.call",
  "mfa.challenge.answer.placeholder": "verify.question.answer",
  "mfa.challenge.enterCode.placeholder": "verify.code",
  "mfa.challenge.verify": "verify.submit",
  "mfa.country": "enroll.country",
  "mfa.phoneNumber.ext.placeholder": "enroll.extension",
  "mfa.phoneNumber.placeholder": "enroll.phone",
  "mfa.redial": "verify.call.again",
  "mfa.resendCode": "verify.resend",
  "mfa.sendCode": "verify.send",
  "mfa.switch": "verify.switch",
  "oform.back": "action.back",
  "oform.cancel": "action.cancel",
  "oform.next": "primary.next",
  "oktaverify.send": "verify.send_push",
  "password.confirmPassword.placeholder": "password.again",
  "password.error.match": "notice.password_mismatch",
  "password.expired.submit": "password.submit",
  "password.expired.title.generic": "password.expired.title",
  "password.expiring.later": "password.later",
  "password.expiring.soon": "password.warn.title",
  "password.expiring.subtitle.generic": "password.warn.text",
  "password.expiring.title": { key: "password.warn.title.days", value: "days" },
  "password.forgot.call": "recover.call",
  "password.forgot.emailSent.desc": { key: "recover.mail.password", value: "username" },
  "password.forgot.emailSent.title": "recover.mail.title",
  "password.forgot.question.title": "recover.question.title",
  "password.forgot.sendEmail": "recover.email",
  "password.forgot.sendText": "recover.sms",
  "password.newPassword.placeholder": "password.new",
  "password.oldPassword.placeholder": "password.old",
  "password.reset": "password.reset.submit",
  "password.reset.revokeSessions": "password.revoke",
  "password.reset.title.generic": ["recover.password.title", "password.reset.title"],
  "primaryauth.password.placeholder": "primary.password",
  "primaryauth.submit": "primary.submit",
  "primaryauth.title": "primary.title",
  "primaryauth.username.placeholder": "primary.username",
  "registration.default.callbackhook.error": "hook.page_refused",
  "registration.form.submit": "register.submit",
  "registration.form.title": "register.title",
  "registration.signup.text": "primary.signup",
  remember: "primary.remember",
  "rememberDevice.devicebased": "verify.remember.always",
  signout: "session.signout",
  unlockaccount: "primary.unlock",
};

/** Returns our texts for those that `i18n` has in English. `used` are keys that the page uses for texts of its own. */
export function stringsOf(i18n, used) {
  const strings = {};
  const unknown = [];
  for (const [key, text] of Object.entries(i18n.en ?? {})) {
    const ours = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (ours === undefined) unknown.push(key);
    else if (ours.value) strings[ours.key] = String(text).replaceAll("{0}", `{${ours.value}}`);
    else for (const one of [ours].flat()) strings[one] = String(text);
  }
  const reported = unknown.filter((key) => !used.includes(key));
  if (reported.length) warn(`i18n: ${reported.join(", ")}: no such text in this widget; \`strings\` has all its keys`);
  const others = Object.keys(i18n).filter((language) => language !== "en");
  if (others.length) warn(`i18n: ${others.join(", ")}: this widget speaks English`);
  return strings;
}
