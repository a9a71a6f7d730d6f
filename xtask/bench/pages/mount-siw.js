if (window.widget) {
  window.widget.remove();
  window.widget = undefined;
}
const widget = window.startWidget();
while (!document.querySelector("#okta-signin-username")) await new Promise((resolve) => setTimeout(resolve));
widget.remove();
