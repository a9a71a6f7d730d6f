// What an organization adds to the sign-in: logo, names, colour, links, buttons, words. okta-sign-in.js loads this file
// where a page has an option of it.
// Not here: which options those are for the loader (brand.js); what the program renders.

import { setAccent } from "./brand/accent.js";
import { buttons, checkButtons } from "./brand/buttons.js";
import { make } from "./brand/dom.js";
import { frame } from "./brand/frame.js";
import { nameParts, place } from "./brand/in-form.js";
import { NAMES, readOptions, warn } from "./brand/options.js";
import { footer, header } from "./brand/parts.js";
import { OBSERVED, replaceTexts } from "./brand/rendered-texts.js";
import { checkStrings, replacer } from "./brand/strings.js";
import { START, TEXTS } from "./brand/texts.js";
import { watch } from "./brand/watch.js";
import { SIGN_IN_OPTIONS, STATIC_ATTRIBUTE } from "./constants.js";

// By element.
const brands = new WeakMap();

/**
 * Puts the brand into `element`, by `config` or, where that is undefined, by its own attributes and properties.
 * The function `begin` of the element in which the program is mounted has to be called before.
 */
export async function brand(element, config) {
  const options = readOptions(element, config);
  const before = brands.get(element);
  const isolated = Boolean(element.shadowRoot) || options.isolated;
  const { header, main, footer } = await frame(element, isolated);
  const state = before ?? { element, header, main, footer, isolated, slots: {} };
  state.config = config;
  brands.set(element, state);
  await apply(state, options);
  if (!before) observe(state);
  main.begin = () => begin(state);
  main.given = withoutBrand;
}

// Applies the options as they are now, while the program runs. One after the other: a file may have to be loaded first.
function update(state) {
  const options = readOptions(state.element, state.config);
  if (state.isolated !== options.isolated) warn("isolated", "can't be changed while the widget is there");
  state.applied = Promise.resolve(state.applied).then(() => apply(state, options));
}

async function apply(state, options) {
  const strings = await ownStrings(options);
  const text = (key) => strings[key] ?? TEXTS[key];
  setAccent(state.element, options);
  fill(state.header, header(options, slot(state, "header")));
  fill(state.footer, footer(options, text, slot(state, "footer")));
  checkButtons(options);
  for (const node of state.placed ?? []) node.remove();
  const [above, below] = ["above", "below"].map((position) => buttons(state.element, options, position));
  state.above = [...slot(state, "before-form"), above].filter(Boolean);
  state.below = [below].filter(Boolean);
  state.placed = [above, below].filter(Boolean);
  state.replace = words(options, strings, text);
  look(state);
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

let catalogue;

// The words that replace others, once the table of keys is there.
async function ownStrings({ strings }) {
  if (!Object.keys(strings).length) return {};
  try {
    catalogue ??= (await import(new URL("./okta-sign-in-strings.js", import.meta.url))).default;
  } catch (error) {
    warn("strings", "can't be used, because the file with their keys did not load");
    console.error(error);
    return {};
  }
  return checkStrings(strings, catalogue);
}

// What the program's texts become.
function words({ applicationName }, strings, text) {
  const title = "primary.title";
  if (!applicationName || strings[title]) return replacer(strings, catalogue ?? {});
  const heading = text("brand.title").replace("{application}", () => applicationName.replace(/\s+/g, " "));
  return replacer({ ...strings, [title]: heading }, catalogue ?? START);
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
  const { main, above, below, isolated, replace } = state;
  if (!(state.isTaken && isStatic(state))) place(main, above, below);
  replaceTexts(main, replace);
  if (isolated) nameParts(main);
}

function observe(state) {
  const observer = new MutationObserver(() => look(state));
  const attributeFilter = [...OBSERVED.attributeFilter, STATIC_ATTRIBUTE];
  observer.observe(state.main, { childList: true, subtree: true, ...OBSERVED, attributeFilter });
  watch(state.element, state.config, () => update(state));
}
