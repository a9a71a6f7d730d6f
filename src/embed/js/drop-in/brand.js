// The links and buttons of a page of okta-signin-widget.
// Not here: logo, names and colour, whose values stay as they are.

import { FORGOT, SIGN_UP, UNLOCK } from "./texts.js";

/** Returns our options for them. `strings` are the texts that the page replaces, by our keys. */
export function brandOf(given, strings) {
  const options = {};
  const links = linksOf(given, strings, options);
  const buttons = buttonsOf(given, strings);
  if (links.length) options.links = links;
  if (buttons.length) options.buttons = buttons;
  return options;
}

function linksOf(given, strings, options) {
  const links = [];
  const add = (label, href, newWindow = false) => links.push({ label, href, newWindow });
  const forgot = given.get("helpLinks.forgotPassword");
  if (forgot) {
    // The link takes the place of the widget's own.
    Object.assign(options, { emailRecovery: false, smsRecovery: false, callRecovery: false });
    add(strings["primary.forgot"] ?? FORGOT, forgot);
  }
  const unlock = given.get("helpLinks.unlock");
  if (unlock && given.get("features.selfServiceUnlock")) {
    options.selfServiceUnlock = false;
    add(strings["primary.unlock"] ?? UNLOCK, unlock);
  }
  const number = given.get("helpSupportNumber");
  if (number) add(number, `tel:${number.replace(/[^+\d]/g, "")}`);
  const more = [given.get("helpLinks.factorPage") ?? [], given.get("helpLinks.custom") ?? []].flat();
  for (const { text, href, target } of more) add(text, href, target === "_blank");
  return [...links, ...(given.get("links") ?? [])];
}

function buttonsOf(given, strings) {
  const buttons = [];
  for (const { title, i18nKey, className, click } of given.get("customButtons") ?? []) {
    buttons.push({ label: title ?? given.get("i18n")?.en?.[i18nKey] ?? i18nKey, className, onClick: click });
  }
  const click = given.get("registration.click");
  if (click && given.get("features.registration")) {
    buttons.push({ label: strings["primary.signup"] ?? SIGN_UP, onClick: click });
  }
  return [...buttons, ...(given.get("buttons") ?? [])];
}
