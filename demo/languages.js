// Switches the language of the demo while the form stays as it is, and some words of the form's to those of a page.
// `?language=TAG` in the address begins with another language.
const WORDS = {
  ar: { "primary.title": "مرحبًا بك في Acme" },
  de: { "primary.title": "Willkommen bei Acme" },
  en: { "primary.title": "Welcome to Acme" },
  fr: { "primary.title": "Bienvenue chez Acme" },
};
const element = document.querySelector("okta-sign-in");
const [language, own] = ["language", "own"].map((id) => document.getElementById(id));

function show() {
  element.language = language.value;
  // The language of the page itself stays what it is: only the form is translated.
  const { lang } = language.selectedOptions[0];
  history.replaceState(null, "", lang === "en" ? location.pathname : `?language=${lang}`);
}

const wanted = new URLSearchParams(location.search).get("language");
language.value = [...language.options].some(({ value }) => value === wanted) ? wanted : "en";
if (wanted) show();
language.addEventListener("change", show);
own.addEventListener("change", () => {
  element.strings = own.checked ? WORDS : undefined;
});
