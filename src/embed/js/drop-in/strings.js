// The texts that a page of okta-signin-widget replaces with `i18n`: their keys there, and the keys of
// locales/en.arb that say the same. `{0}` becomes the name of the value in ours, and a text for one number a case of our plural.
// Not here: the texts.

import { matching } from "../matching-language.js";
import { warn } from "../warn.js";

/** Keys there to keys here: one, several, or one with the name of its value, and with the number that the text is for. */
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
  "password.expiring.today": { key: "password.warn.title.days", value: "days", number: 0 },
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
  "socialauth.divider.text": "brand.or",
  unlockaccount: "primary.unlock",
};

/**
 * Returns our texts for those in `i18n`, by the same tags. `used` are keys that the page uses for texts of its own, and `tags`
 * the languages of the widget.
 */
export function stringsOf(i18n, used, tags) {
  const strings = {};
  const unknown = new Set();
  for (const [tag, texts] of Object.entries(i18n)) {
    const entries = Object.entries(texts ?? {});
    const ours = entries.filter(([key]) => Object.hasOwn(KEYS, key));
    for (const [key] of entries) if (!Object.hasOwn(KEYS, key) && !used.includes(key)) unknown.add(key);
    if (ours.length) strings[tag] = translated(ours);
  }
  if (unknown.size) warn(`i18n: ${[...unknown].join(", ")}: no such text in this widget; \`strings\` has all its keys`);
  const others = Object.keys(i18n).filter((tag) => !matching(tag, tags));
  if (others.length) warn(`i18n: ${others.join(", ")}: this widget does not speak that`);
  return strings;
}

function translated(texts) {
  const strings = {};
  const exact = [];
  for (const [key, text] of texts) {
    const { key: ours = KEYS[key], value, number } = KEYS[key];
    const said = value ? String(text).replaceAll("{0}", `{${value}}`) : String(text);
    if (number === undefined) for (const one of [ours].flat()) strings[one] = said;
    else exact.push({ key, ours, value, number, said });
  }
  for (const { key, ours, value, number, said } of exact) {
    if (strings[ours]) strings[ours] = `{${value}, plural, =${number} {${said}} other {${strings[ours]}}}`;
    else warn(`i18n: ${key} has no effect without the text for the other numbers`);
  }
  return strings;
}
