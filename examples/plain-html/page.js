// Shows who has signed in. The events bubble: a listener may be anywhere around the element.

const main = document.querySelector("main");

main.addEventListener("step", ({ detail }) => {
  document.querySelector("#step").textContent = detail.step;
});

// The session token is for the application's own server, which exchanges it for a session. It is not kept here.
main.addEventListener("success", ({ detail }) => {
  if (detail.type !== "signedIn") return;
  const heading = document.createElement("h1");
  heading.textContent = `Welcome, ${detail.user?.firstName ?? "there"}`;
  main.replaceChildren(heading);
});
