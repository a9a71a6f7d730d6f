// Each factor, set up.
import assert from "node:assert/strict";
import { suite } from "../support/suite.js";

const flow = suite();
const LOGIN = "barbara.liskov";

/** Begins to set up this factor, as a person who may set up all of them. */
const setUp = (title, rest) => async (widget, org) => {
  await widget.signIn(LOGIN, "Substitute1987");
  await widget.setUp(title);
  await rest(widget, org);
  await widget.succeeds();
};

const code = async (widget, name, text) => {
  await widget.fill(name, text);
  await widget.send();
};

flow("Google Authenticator, which is required", async (widget, org) => {
  await widget.signIn("grace.hopper", "Nanoseconds1952");
  await widget.see("Setup required");
  await widget.send();
  await widget.pick("ANDROID");
  await widget.press("Next");
  await widget.seeImage("/qr/");
  await widget.press("Next");
  await code(widget, "passCode", await org.code("grace.hopper", "GOOGLE"));
  await widget.succeeds();
});

flow("a question, which is required", async (widget) => {
  await widget.signIn("alan.turing", "Bombe1940");
  await widget.see("Setup required");
  await widget.send();
  await widget.choose("question", "disliked_food");
  await code(widget, "answer", "mayonnaise");
  await widget.succeeds();
});

flow("Okta Verify", setUp("Okta Verify", async (widget, org) => {
  await widget.pick("ANDROID");
  await widget.press("Next");
  await widget.seeImage("/qr/");
  await org.phone(LOGIN, "set-up");
}));

const phones = {
  "a phone for text messages": ["SMS Authentication", "Send code"],
  "a phone for calls": ["Voice Call Authentication", "Call"],
};
for (const [name, [title, button]] of Object.entries(phones)) {
  flow(name, setUp(title, async (widget, org) => {
    await widget.fill("phoneNumber", "4155550199");
    await widget.press(button);
    await code(widget, "passCode", await org.sent(LOGIN));
  }));
}

flow("e-mail", setUp("Email Authentication", async (widget, org) => {
  await widget.send();
  await code(widget, "passCode", await org.sent(LOGIN));
}));

flow("a question", setUp("Security Question", async (widget) => {
  await widget.choose("question", "disliked_food");
  await code(widget, "answer", "mayonnaise");
}));

flow("several factors, one after the other", async (widget, org) => {
  await widget.signIn(LOGIN, "Substitute1987");
  await widget.setUp("Security Question");
  await widget.choose("question", "disliked_food");
  await code(widget, "answer", "mayonnaise");
  await widget.setUp("YubiKey");
  await code(widget, "passCode", await org.code(null, "YUBICO"));
  await widget.press("Finish");
  await widget.succeeds();
}, { features: { multiOptionalFactorEnroll: true } });

flow("a YubiKey", setUp("YubiKey", async (widget, org) => {
  await code(widget, "passCode", await org.code(null, "YUBICO"));
}));

flow("a token of Symantec", setUp("Symantec VIP", async (widget, org) => {
  const spare = (await org.control("codes")).find((one) => one.provider === "SYMANTEC" && one.status === "SPARE");
  await widget.fill("credentialId", "VSMT12345678");
  await widget.fill("passCode", spare.code);
  await code(widget, "nextPassCode", spare.nextCode);
}));

for (const [name, title, provider] of [["a token of RSA", "RSA SecurID", "RSA"], ["an on-prem token", "DEL_OATH", "DEL_OATH"]]) {
  flow(name, setUp(title, async (widget, org) => {
    await widget.fill("credentialId", LOGIN);
    await code(widget, "passCode", await org.code(null, provider));
  }));
}

flow("the password", setUp("Password", async (widget) => {
  await widget.fill("password", "Substitute1987");
  await code(widget, "confirmPassword", "Substitute1987");
}));

flow("WebAuthn, then proved with the same key", async (widget, org) => {
  const key = await widget.securityKey();
  await widget.signIn("edsger.dijkstra", "Shortest1959");
  await widget.see("Setup required");
  await widget.send();
  await widget.press("Enroll");
  await widget.succeeds();
  await widget.goTo({ features: { webauthn: true } });
  await widget.signIn("edsger.dijkstra", "Shortest1959");
  await widget.succeeds();
  assert.equal((await key.credentials()).length, 1);
}, { features: { webauthn: true } });

for (const title of ["GENERIC_SAML", "GENERIC_OIDC", "CUSTOM"]) {
  flow(`a factor elsewhere: ${title}`, async (widget) => {
    await widget.signIn(LOGIN, "Substitute1987");
    await widget.setUp(title);
    await widget.send();
    await widget.leaves();
  });
}
