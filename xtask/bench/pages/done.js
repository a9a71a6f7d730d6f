// What the page of a single-page app does with the result.
const element = () => document.querySelector("okta-sign-in");
const listen = () => {
  element().onSuccess = () => document.body.setAttribute("data-done", "");
};
if (element()) listen();
else addEventListener("DOMContentLoaded", listen);
