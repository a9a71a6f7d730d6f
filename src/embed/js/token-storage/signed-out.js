// Whether a person has signed out in a widget of this page, by its events.
// Not here: what follows from it; a sign-out by the page's own code, which says so itself.

/** Calls `done` when the widget has closed the session that it found, and when <okta-my-factors> has closed one. */
export function whenSignedOut(done) {
  const steps = new WeakMap();
  document.addEventListener("step", ({ target, detail }) => {
    const before = steps.get(target);
    steps.set(target, detail?.step);
    if (detail?.step === "signed-out" || (before === "session" && detail?.step === "start")) done();
  });
}
