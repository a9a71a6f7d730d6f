// The style sheets of a brand: its own, and in a shadow root copies of the widget's.
// Not here: the styles; the widget's style sheet in the page (../styles.js).

import { STYLE_MARK } from "../constants.js";

const BRAND_MARK = `${STYLE_MARK}-brand`;

// A form without its looks is better than none.
const LONGEST = 2000;

// The page's own, linked or inside; a page without style sheets has a link to nothing.
const marked = (tree, mark) => tree.querySelector(`link[${mark}], style[${mark}]`);

/** Adds the brand's style sheet to the page, unless the page has one with the mark. */
export async function addBrandStyles() {
  if (!marked(document, BRAND_MARK)) await add(document.head, link(BRAND_MARK));
}

/** Adds both style sheets to a shadow root, as the page has them. */
export async function copyStyles(tree) {
  if (marked(tree, STYLE_MARK)) return;
  const sheets = [STYLE_MARK, BRAND_MARK].map((mark) => marked(document, mark)?.cloneNode(true) ?? link(mark));
  await Promise.all(sheets.map((sheet) => add(tree, sheet)));
}

const FILES = { [STYLE_MARK]: "okta-sign-in.css", [BRAND_MARK]: "okta-sign-in-brand.css" };

function link(mark) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(`./styles/${FILES[mark]}`, import.meta.url).href;
  link.setAttribute(mark, "");
  const nonce = marked(document, STYLE_MARK)?.nonce;
  if (nonce) link.nonce = nonce;
  return link;
}

function add(tree, sheet) {
  const loaded = new Promise((resolve) => {
    if (!sheet.href) return resolve();
    for (const event of ["load", "error"]) sheet.addEventListener(event, resolve);
    setTimeout(resolve, LONGEST);
  });
  tree.append(sheet);
  return loaded;
}
