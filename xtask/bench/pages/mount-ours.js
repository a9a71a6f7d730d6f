const { mount } = (window.__ours ??= await import("./okta-sign-in.js"));
const place = document.createElement("div");
document.body.append(place);
const widget = mount(place, { baseUrl: document.querySelector("okta-sign-in").getAttribute("base-url") });
while (!place.querySelector("input")) await new Promise((resolve) => setTimeout(resolve));
widget.unmount();
place.remove();
