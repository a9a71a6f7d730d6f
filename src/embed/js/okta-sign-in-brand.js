// What an organization adds to the sign-in: logo, name, colour, links, buttons, identity providers, smart
// cards, the security image. okta-sign-in.js loads this file where a page has an option of it.
// Not here: which options those are for the loader (brand.js); what the program renders.

import { setAccent } from "./brand/accent.js";
import { buttons, checkButtons } from "./brand/buttons.js";
import { divided } from "./brand/divider.js";
import { make } from "./brand/dom.js";
import { frame } from "./brand/frame.js";
import { providers } from "./brand/idps.js";
import { nameParts, place } from "./brand/in-form.js";
import { knownDevice } from "./brand/known-device.js";
import { isLabel, labelOf } from "./brand/labels.js";
import { NAMES, readOptions } from "./brand/options.js";
import { footer, header } from "./brand/parts.js";
import { endPiv, pivButton } from "./brand/piv.js";
import { TEXTS } from "./brand/texts.js";
import { watch } from "./brand/watch.js";
import { SIGN_IN_OPTIONS, STATIC_ATTRIBUTE } from "./constants.js";
import { warn } from "./warn.js";

// By element.
const brands = new WeakMap();

/**
 * Puts the brand into `element`, by `config` or, where that is undefined, by its own attributes and properties. `language`
 * says what its parts say. The element in which the program is mounted has the functions `begin`, to be called before, and
 * `speak`, to be called when the language has changed.
 */
export async function brand(element, config, language) {
  const options = readOptions(element, config);
  const before = brands.get(element);
  const isolated = Boolean(element.shadowRoot) || options.isolated;
  const { header, main, footer } = await frame(element, isolated);
  const state = before ?? { element, header, main, footer, isolated, slots: {} };
  state.config = config;
  state.language = language;
  brands.set(element, state);
  await language.settled();
  apply(state, options);
  if (!before) observe(state);
  main.begin = () => begin(state);
  main.speak = () => update(state);
  main.given = withoutBrand;
  main.told = state.known.told;
}

// Applies the options as they are now, while the program runs.
function update(state) {
  const options = readOptions(state.element, state.config);
  if (state.isolated !== options.isolated) warn("isolated", "can't be changed while the widget is there");
  apply(state, options);
}

function apply(state, given) {
  const { language } = state;
  const text = (key) => language.text(key) ?? TEXTS[key];
  const labelled = (items) => items.map((item) => ({ ...item, label: labelOf(item, language) }));
  const options = { ...given, links: labelled(given.links), buttons: labelled(given.buttons) };
  const idps = given.idps.map((item) => ({ ...item, label: isLabel(item.label) ? labelOf(item, language) : undefined }));
  setAccent(state.element, options);
  fill(state.header, header(options, slot(state, "header")));
  fill(state.footer, footer(options, text, slot(state, "footer")));
  checkButtons(options);
  for (const node of state.placed ?? []) node.remove();
  const from = (name) => signInOption(state, name);
  state.known ??= knownDevice(state.main, from, (key) => state.language.text(key) ?? TEXTS[key]);
  const piv = given.piv && { ...given.piv, label: given.piv.label && labelOf(given.piv, language) };
  const [above, below] = ["above", "below"].map((position) => {
    const ways = [providers(idps, position, from, text("brand.idp")), pivButton(state.element, piv, position, from, text)];
    return divided(position, [...ways, buttons(state.element, options, position)].filter(Boolean), given, text);
  });
  // Right above the user name.
  const known = state.known.apply(given);
  state.above = [...slot(state, "before-form"), ...above, ...known];
  state.below = below;
  state.placed = [...above, ...known, ...below];
  look(state);
}

// An option of the sign-in, as the program reads it.
function signInOption({ element, config }, name) {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return config ? config[name] : (element[name] ?? element.getAttribute(attribute) ?? element.getAttribute(name.toLowerCase()));
}

// What is there already stays: a logo that is replaced by the same one may flicker.
function fill(parent, nodes) {
  const before = [...parent.childNodes];
  if (nodes.length === before.length && nodes.every((node, index) => node.isEqualNode(before[index]))) return;
  parent.replaceChildren(...nodes);
}

// What the page has written inside the element for this place; or in its HTML is in this place already. In a shadow root it
// stays where it is.
function slot({ element, isolated, slots }, name) {
  const selector = `:scope > [slot="${name}"]`;
  if (isolated) return element.querySelector(selector) ? [(slots[name] ??= make("slot", { name }))] : [];
  const found = element.querySelectorAll(`${selector}, :is(.oaw-brand-header, .oaw-brand-footer, form) > [slot="${name}"]`);
  return (slots[name] = [...new Set([...(slots[name] ?? []), ...found])]);
}

const isStatic = ({ main }) => main.querySelector(`[${STATIC_ATTRIBUTE}]`) !== null;

// The options without the brand's, which the program would refuse. The others may change later.
const withoutBrand = (options) =>
  new Proxy(options, { ownKeys: (target) => Reflect.ownKeys(target).filter((name) => !(name in NAMES)) });

// The program reads attributes of the element in which it is mounted.
function copyAttributes({ element, main, config }) {
  if (config) return;
  for (const option of SIGN_IN_OPTIONS.split(" ")) {
    const names = [option, option.replaceAll("-", "")];
    const name = names.find((name) => element.hasAttribute(name));
    if (name) main.setAttribute(option, element.getAttribute(name));
    else main.removeAttribute(option);
  }
}

// Before the program is mounted: its static form has to be as it was rendered, until it belongs to the program.
function begin(state) {
  copyAttributes(state);
  state.isTaken = true;
  if (isStatic(state)) for (const node of [...state.above, ...state.below]) node.remove();
}

// After each change of what is rendered, before the browser paints it.
function look(state) {
  const { element, main, above, below, isolated } = state;
  // At another step, and after the widget was unmounted, nothing of the form goes on.
  if (!(state.isTaken && isStatic(state))) {
    const form = place(main, above, below);
    state.known.looked(form);
    if (!form) endPiv(element);
  }
  if (isolated) nameParts(main);
}

function observe(state) {
  const observer = new MutationObserver(() => look(state));
  observer.observe(state.main, { childList: true, subtree: true, attributeFilter: [STATIC_ATTRIBUTE] });
  watch(state.element, state.config, () => update(state));
}
