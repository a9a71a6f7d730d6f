// The links, buttons, identity providers and the smart cards of a page of okta-signin-widget.
// Not here: logo, names and colour, whose values stay as they are.

import { FORGOT, SIGN_UP, UNLOCK } from "./texts.js";

/** Returns our options for them. What the widget has a message for is named by its key. */
export function brandOf(given) {
  const options = {};
  const links = linksOf(given, options);
  const buttons = buttonsOf(given);
  if (links.length) options.links = links;
  if (buttons.length) options.buttons = buttons;
  const idps = idpsOf(given);
  if (idps.length) options.idps = idps;
  const piv = pivOf(given);
  if (piv) options.piv = piv;
  // As there, with buttons of any kind.
  if (!given.has("divider") && (piv || idps.length || buttons.length)) options.divider = true;
  return options;
}

function linksOf(given, options) {
  const links = [];
  const add = (label, href, newWindow = false, key) => links.push({ label, href, newWindow, ...(key && { key }) });
  const forgot = given.get("helpLinks.forgotPassword");
  if (forgot) {
    // The link takes the place of the widget's own.
    Object.assign(options, { emailRecovery: false, smsRecovery: false, callRecovery: false });
    add(FORGOT, forgot, false, "primary.forgot");
  }
  const unlock = given.get("helpLinks.unlock");
  if (unlock && given.get("features.selfServiceUnlock")) {
    options.selfServiceUnlock = false;
    add(UNLOCK, unlock, false, "primary.unlock");
  }
  const number = given.get("helpSupportNumber");
  if (number) add(number, `tel:${number.replace(/[^+\d]/g, "")}`);
  const more = [given.get("helpLinks.factorPage") ?? [], given.get("helpLinks.custom") ?? []].flat();
  for (const { text, href, target } of more) add(text, href, target === "_blank");
  return [...links, ...(given.get("links") ?? [])];
}

function buttonsOf(given) {
  const buttons = [];
  for (const { title, i18nKey, className, click } of given.get("customButtons") ?? []) {
    buttons.push({ label: title ?? textsOf(given.get("i18n"), i18nKey) ?? i18nKey, className, onClick: click });
  }
  const click = given.get("registration.click");
  if (click && given.get("features.registration")) {
    buttons.push({ label: SIGN_UP, key: "primary.signup", onClick: click });
  }
  return [...buttons, ...(given.get("buttons") ?? [])];
}

// Below the form, unless it is to be above. Members of our own stay.
function idpsOf(given) {
  const position = given.get("idpDisplay")?.toUpperCase?.() === "PRIMARY" ? "above" : "below";
  return (given.get("idps") ?? []).map(({ text, ...idp }) => ({ position, ...(text && { label: text }), ...idp }));
}

// The org's own page has it without an address where the feature is off.
function pivOf(given) {
  const { text, ...piv } = given.get("piv") ?? {};
  const position = given.get("idpDisplay")?.toUpperCase?.() === "PRIMARY" ? "above" : "below";
  return piv.certAuthUrl && { position, ...(text && { label: text }), ...piv };
}

// The text of that key in each language that has one, by tags.
function textsOf(i18n = {}, key) {
  const texts = Object.entries(i18n).filter(([, texts]) => texts?.[key]);
  return texts.length ? Object.fromEntries(texts.map(([tag, texts]) => [tag, texts[key]])) : undefined;
}
