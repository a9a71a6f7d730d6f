const place = document.getElementById("widget");
window.startWidget = () => {
  const widget = new OktaSignIn({ baseUrl: place.dataset.org, useClassicEngine: true });
  widget.renderEl(
    { el: place },
    () => document.body.setAttribute("data-done", ""),
    () => {},
  );
  return widget;
};
window.widget = window.startWidget();
