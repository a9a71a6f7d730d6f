// Addresses that a page's options name: only such as cannot run a script.
// Not here: what is linked.

const LINKS = ["https:", "http:", "mailto:", "tel:"];

const parse = (address) => {
  try {
    return new URL(address, document.baseURI);
  } catch {
    return undefined;
  }
};

/** The address of a link, where it leads to a page, a mail address or a telephone; else `undefined`. */
export function linkAddress(address) {
  const url = typeof address === "string" ? parse(address.trim()) : undefined;
  return LINKS.includes(url?.protocol) ? url.href : undefined;
}

/** The address of an image: by HTTPS, from the page's own origin or `own`, or in the address itself; else `undefined`. */
export function imageAddress(address, own = location.origin) {
  const url = typeof address === "string" ? parse(address.trim()) : undefined;
  const isAllowed =
    url?.protocol === "https:" ||
    (url?.protocol === "http:" && [location.origin, own].includes(url.origin)) ||
    (url?.protocol === "data:" && /^image\//i.test(url.pathname));
  return isAllowed ? url.href : undefined;
}

/** Whether it opens a page, which takes the place of the form or needs a window of its own. */
export const opensPage = (address) => address.startsWith("http");
