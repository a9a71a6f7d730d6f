// Each factor that a user has, verified.
import assert from "node:assert/strict";
import { suite } from "../support/suite.js";

const flow = suite();

/** Signs in up to the factor, and chooses it where there are several. */
const at = (login, password, label, flow_) => async (widget, org) => {
  await widget.signIn(login, password);
  if (label) await widget.factor(label);
  await flow_(widget, org, login);
  await widget.succeeds();
};

const answer = async (widget, code) => {
  await widget.fill("answer", code);
  await widget.send();
};

flow("a text message", at("jeff.beck", "xaxaxaxaxa", null, async (widget, org, login) => {
  await widget.see("SMS Authentication");
  await widget.press("Send code");
  const code = await org.sent(login);
  await answer(widget, "000000");
  await widget.see("match our records");
  await answer(widget, code);
}));

flow("a question", at("jeff.beck", "xaxaxaxaxa", "Security Question", async (widget) => {
  await widget.see("What is the name of your first stuffed animal?");
  await answer(widget, "Red Deer");
  await widget.see("match our records");
  await answer(widget, "Blue Bear");
}));

flow("Google Authenticator", at("jeff.beck", "xaxaxaxaxa", "Google Authenticator", async (widget, org, login) => {
  await answer(widget, await org.code(login, "GOOGLE"));
}));

flow("a call", at("hedy.lamarr", "Spectrum1942", null, async (widget, org, login) => {
  await widget.see("Voice Call Authentication");
  await widget.press("Call");
  await answer(widget, await org.sent(login));
}));

flow("an e-mail", at("hedy.lamarr", "Spectrum1942", "Email Authentication", async (widget, org, login) => {
  await widget.press("Send me the code");
  await answer(widget, await org.sent(login));
}));

flow("a push that is approved", at("tim.lee", "Hypertext1989", null, async (widget, org, login) => {
  await widget.press("Send Push");
  await org.phone(login, "approve");
}));

flow("a push that is rejected, then approved", at("tim.lee", "Hypertext1989", null, async (widget, org, login) => {
  await widget.press("Send Push");
  await org.phone(login, "deny");
  await widget.see("You have chosen to reject this login.");
  await widget.press("Send Push");
  await org.phone(login, "approve");
}));

flow("the code of Okta Verify", at("tim.lee", "Hypertext1989", null, async (widget, org, login) => {
  await widget.press("Or enter code");
  await widget.fill("answer", await org.code(login, "OKTA"));
  await widget.press("Verify");
}));

flow("a push with a number", at("margaret.hamilton", "Apollo1969", null, async (widget, org, login) => {
  await widget.press("Send Push");
  const number = await widget.number();
  await org.phone(login, "number", number);
}));

flow("an app that is too old", async (widget) => {
  await widget.signIn("john.backus", "Fortran1957");
  await widget.press("Send Push");
  await widget.see("please update Okta Verify");
});

// Label of the factor, and the provider whose code it takes.
const tokens = {
  "an on-prem token": ["Corporate token", "DEL_OATH"],
  "a token of Symantec": ["Symantec VIP", "SYMANTEC"],
  "a YubiKey": ["YubiKey", "YUBICO"],
  "a custom token": ["Entrust", "CUSTOM"],
};
for (const [name, [label, provider]] of Object.entries(tokens)) {
  flow(name, at("donald.knuth", "Volumes1968", label, async (widget, org, login) => {
    await answer(widget, await org.code(login, provider));
  }));
}

flow("a token of RSA, which asks for a new PIN", at("donald.knuth", "Volumes1968", null, async (widget, org, login) => {
  await widget.see("RSA SecurID");
  await answer(widget, await org.code(login, "RSA"));
  await widget.see("PIN");
  await answer(widget, "12345678");
  await widget.see("Wait for the code to change");
  await org.advance(60);
  await answer(widget, await org.code(login, "RSA"));
}));

flow("the password as a factor", at("dana.scott", "Domains1969", null, async (widget) => {
  await widget.see("Select Authentication Factor");
  await widget.fill("password", "Domains1969");
  await widget.send();
}));

// Duo's script, which is in the widget, opens its frame over HTTPS, which the org does not have here.
flow("the frame of Duo is asked for with the signed request", async (widget) => {
  await widget.signIn("ken.thompson", "Trusting1984");
  const frame = await widget.page.waitForSelector("iframe");
  const source = new URL(await frame.evaluate((frame) => frame.src));
  assert.equal(source.pathname, "/frame/web/v1/auth");
  assert.match(source.searchParams.get("tx"), /^TX\|/);
});

for (const label of ["Corporate SAML", "Corporate OIDC", "Corporate claims"]) {
  flow(`a factor elsewhere: ${label}`, async (widget) => {
    await widget.signIn("dana.scott", "Domains1969");
    await widget.factor(label);
    await widget.see("Clicking below will redirect");
    await widget.send();
    await widget.leaves();
  });
}

flow("two factors in a row", at("leslie.lamport", "Paxos1989", null, async (widget, org, login) => {
  await widget.press("Send code");
  await answer(widget, await org.sent(login));
  await widget.see("Google Authenticator");
  await answer(widget, await org.code(login, "GOOGLE"));
}));

flow("a device that is remembered is not asked again", async (widget, org) => {
  await widget.signIn("jeff.beck", "xaxaxaxaxa");
  await widget.factor("Security Question");
  await widget.tick("rememberDevice");
  await answer(widget, "Blue Bear");
  await widget.succeeds();
  await widget.goTo();
  await widget.signIn("jeff.beck", "xaxaxaxaxa");
  await widget.succeeds();
});

flow("a user name without a password", async (widget, org) => {
  await widget.fill("username", "whitfield.diffie");
  await widget.send();
  await widget.press("Send Push");
  await org.phone("whitfield.diffie", "approve");
  await widget.succeeds();
}, { features: { passwordlessAuth: true } });

flow("the sign-in is left", async (widget, org) => {
  await widget.signIn("jeff.beck", "xaxaxaxaxa");
  await widget.press("Back to sign in");
  await widget.see("Username");
  // The widget shows its form before the org has the call.
  await org.until("the end of the transaction", async () => (await org.control("counts")).transactions === 0);
});
