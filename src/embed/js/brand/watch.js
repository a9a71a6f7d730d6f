// Notices what a page changes of an element's brand: attributes, properties, and what it has written for the places.
// Not here: what follows.

import { NAMES } from "./options.js";

/** Calls `changed` once for all changes of `element` in one task. With a `config`, its attributes and properties mean nothing. */
export function watch(element, config, changed) {
  let isDue = false;
  const schedule = () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      changed();
    });
  };
  const isPlace = ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].some((node) => node.slot);
  const observer = new MutationObserver((records) => {
    if (records.some((record) => record.type === "attributes" || isPlace(record))) schedule();
  });
  const options = { childList: true };
  if (!config) options.attributeFilter = Object.values(NAMES).flat();
  observer.observe(element, options);
  if (!config) for (const name of Object.keys(NAMES)) watchProperty(element, name, schedule);
}

function watchProperty(element, name, schedule) {
  if (name in Object.getPrototypeOf(element)) return;
  let value = element[name];
  const set = (next) => {
    value = next;
    schedule();
  };
  Object.defineProperty(element, name, { configurable: true, enumerable: true, get: () => value, set });
}
