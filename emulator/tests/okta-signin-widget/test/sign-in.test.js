// User name and password, and what the org answers to them.
import assert from "node:assert/strict";
import { suite } from "../support/suite.js";

const flow = suite();

flow("the right password gives a session token", async (widget) => {
  await widget.signIn("ada.byron", "Analytical1843");
  assert.ok((await widget.succeeds()).token);
});

flow("the session cookie is set, and the browser goes on", async (widget, org) => {
  await widget.signIn("ada.byron", "Analytical1843");
  await widget.succeeds();
  await widget.page.evaluate((to) => window.goOn(to), `${widget.origin}/welcome`);
  await widget.arrives("/welcome");
  const cookies = await widget.page.cookies(org.address);
  assert.ok(cookies.some((cookie) => cookie.name === "sid"));
});

// Login, password, and what is to be seen then.
const refusals = {
  "a wrong password": ["ada.byron", "wrong", "Unable to sign in"],
  "an unknown user": ["nobody", "wrong", "Unable to sign in"],
  "a user who is denied as if the password were wrong": ["rosalind.franklin", "Photo51Helix", "Unable to sign in"],
  "a user who is denied openly": ["chien-shiung.wu", "Parity1956", "You do not have permission"],
  "a locked account": ["barbara.mcclintock", "Transposon1951", "Your account is locked."],
};
for (const [name, [login, password, text]] of Object.entries(refusals)) {
  flow(`${name} is refused`, async (widget) => {
    await widget.signIn(login, password);
    await widget.see(text);
  });
}

flow("five wrong passwords lock the account", async (widget) => {
  for (let tries = 0; tries < 5; tries += 1) {
    await widget.signIn("ada.byron", "wrong");
    await widget.see("Unable to sign in");
    await widget.goTo();
  }
  await widget.signIn("ada.byron", "Analytical1843");
  await widget.see("Unable to sign in");
});

const change = async (widget, from, to) => {
  await widget.fill("oldPassword", from);
  await widget.fill("newPassword", to);
  await widget.fill("confirmPassword", to);
  await widget.send();
};

flow("an expired password is changed", async (widget) => {
  await widget.signIn("lise.meitner", "Fission1938");
  await widget.see("Your password has expired");
  await change(widget, "wrong", "Fission1939");
  await widget.see("The credentials provided were incorrect");
  await change(widget, "Fission1938", "short");
  await widget.see("Passwords must have");
  await change(widget, "Fission1938", "Fission1939");
  await widget.succeeds();
});

flow("a password that expires soon is changed later", async (widget) => {
  await widget.signIn("emmy.noether", "Symmetry1918");
  await widget.see("Your password will expire in 5 days");
  await widget.press("Remind me later");
  await widget.succeeds();
});

flow("a password that expires soon is changed now", async (widget) => {
  await widget.signIn("emmy.noether", "Symmetry1918");
  await change(widget, "Symmetry1918", "Symmetry1919");
  await widget.succeeds();
});

flow("a password of another site is changed there", async (widget) => {
  await widget.signIn("adele.goldberg", "Smalltalk1980");
  await widget.see("Palo Alto Research");
}, { features: { customExpiredPassword: true } });

flow("consent is given", async (widget) => {
  await widget.signIn("vint.cerf", "Packets1974");
  await widget.see("would like to access");
  await widget.press("Allow Access");
  await widget.succeeds();
});

flow("consent is given scope by scope", async (widget, org) => {
  await widget.signIn("bob.kahn", "Gateway1974");
  await widget.see("Allowing access will share");
  await widget.press("Allow Access");
  await widget.succeeds();
  const calls = await org.control("requests");
  assert.equal(calls.findLast((call) => call.path.endsWith("/consent"))?.status, 200);
});

flow("consent is refused", async (widget, org) => {
  await widget.signIn("vint.cerf", "Packets1974");
  await widget.press("Don't Allow");
  await org.until("no transaction", async () => (await org.control("counts")).transactions === 0);
});

flow("the sign-in waits while the org is busy", async (widget, org) => {
  await widget.signIn("ray.tomlinson", "AtSign1971");
  await widget.see("too many users");
  await org.advance(10);
  await widget.succeeds();
});

flow("a sign-in is stepped up for an application", async (widget, org) => {
  await widget.page.goto(`${org.address}/step-up?app=salesforce&page=${encodeURIComponent(widget.origin)}`);
  const stateToken = new URL(widget.page.url()).searchParams.get("stateToken");
  await widget.goTo({ stateToken });
  await widget.signIn("ada.byron", "Analytical1843");
  assert.equal((await widget.succeeds()).type, "SESSION_STEP_UP");
  await widget.page.evaluate(() => window.finish());
  await widget.leaves();
});

flow("a device is activated", async (widget, org) => {
  await widget.page.goto(`${org.address}/activate?page=${encodeURIComponent(widget.origin)}`);
  const stateToken = new URL(widget.page.url()).searchParams.get("stateToken");
  await widget.goTo({ stateToken });
  await widget.fill("userCode", "ABCD1234");
  await widget.send();
  await widget.signIn("ada.byron", "Analytical1843");
  await widget.see("Device activated");
});

flow("an administrator consents for everybody", async (widget) => {
  await widget.signIn("elizabeth.feinler", "Hosts1972");
  await widget.press("Allow Access");
  await widget.succeeds();
});

flow("questions about the person are answered", async (widget) => {
  await widget.signIn("evelyn.granville", "Orbits1956");
  await widget.see("Create Account");
  await widget.fill("department", "Orbits");
  await widget.fill("costCenter", "7");
  await widget.send();
  await widget.succeeds();
});

flow("an identity provider takes over", async (widget) => {
  await widget.press("Sign in with Google");
  await widget.leaves();
}, { idps: [{ type: "GOOGLE", id: "0oagoogleprovider000" }] });

const DISCOVERY = { features: { idpDiscovery: true }, idpDiscovery: { requestContext: "/" } };

flow("a user name that belongs to an identity provider goes there", async (widget) => {
  await widget.fill("username", "jo@partner.example");
  await widget.send();
  await widget.leaves();
  await widget.see("Partner Cloud");
}, DISCOVERY);

flow("a user name of the org is asked for the password", async (widget) => {
  await widget.fill("username", "ada.byron");
  await widget.send();
  await widget.fill("password", "Analytical1843");
  await widget.send();
  await widget.succeeds();
}, DISCOVERY);

flow("the security image is asked for", async (widget, org) => {
  await widget.fill("username", "ada.byron");
  await widget.page.keyboard.press("Tab");
  await org.until("the image", async () => (await org.control("requests")).some((one) => one.path === "/login/getimage"));
  await widget.fill("password", "Analytical1843");
  await widget.send();
  await widget.succeeds();
}, { features: { securityImage: true } });

flow("a new person registers", async (widget) => {
  await widget.press("Sign up");
  const person = { email: "grete@example.com", password: "Foundations1935", firstName: "Grete", lastName: "Hermann" };
  for (const [name, value] of Object.entries(person)) await widget.fill(name, value);
  await widget.send();
  await widget.succeeds();
}, { features: { registration: true } });
