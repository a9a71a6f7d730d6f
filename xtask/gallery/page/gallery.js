// The switches of the gallery. What is chosen stands in the page's address, so that it can be shared, and
// goes along to the entries' own pages. The widget's own code is not on these pages: what it would fill in
// is filled in here, and forms go nowhere.
"use strict";

const chosen = new URLSearchParams(location.search);

function apply() {
  const root = document.documentElement;
  for (const name of ["scheme", "width", "theme", "text"]) {
    root.dataset[name] = chosen.get(name) ?? "";
  }
  for (const root of document.querySelectorAll(".oaw")) {
    root.dataset.dir ??= root.dir;
    const direction = chosen.get("direction");
    root.dir = ["ltr", "rtl"].includes(direction) ? direction : root.dataset.dir;
  }
  for (const link of document.querySelectorAll(".card h3 a")) {
    link.search = chosen.toString();
  }
}

const switches = document.getElementById("switches");
for (const [name, value] of chosen) {
  const input = switches?.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  if (input) input.checked = true;
}
switches?.addEventListener("change", ({ target }) => {
  chosen.set(target.name, target.value);
  history.replaceState(null, "", `?${chosen}${location.hash}`);
  apply();
});
for (const input of document.querySelectorAll("[data-initial]")) input.value = input.dataset.initial;
for (const input of document.querySelectorAll("[data-ticked]")) input.checked = true;
document.addEventListener("submit", (event) => event.preventDefault());
apply();
