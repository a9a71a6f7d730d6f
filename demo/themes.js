// Switches theme, brand and colours of the demo while the form stays as it is.
const BRANDS = {
  fern: ["Fern Gardens", "the plant library", "help@fern.example"],
  signal: ["Signal Works", "Switchboard", "desk@signal.example"],
  dusk: ["Dusk Hotels", "the night desk", "night@dusk.example"],
};
const element = document.querySelector("okta-sign-in");
const $ = (id) => document.getElementById(id);

$("theme").addEventListener("change", ({ target: { value } }) => {
  const [organization, application, contact] = BRANDS[value];
  element.className = `theme-${value}`;
  element.setAttribute("organization-name", organization);
  element.setAttribute("application-name", application);
  element.setAttribute("contact-url", `mailto:${contact}`);
  element.setAttribute("logo", `themes/${value}.svg`);
});
$("scheme").addEventListener("change", ({ target: { value } }) => {
  document.documentElement.style.colorScheme = value;
});
