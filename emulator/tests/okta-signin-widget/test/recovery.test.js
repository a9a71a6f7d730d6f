// Forgotten passwords, locked accounts, and accounts that are new.
import { suite } from "../support/suite.js";

const flow = suite();
const CHANNELS = { features: { smsRecovery: true, callRecovery: true, emailRecovery: true, selfServiceUnlock: true } };

const password = async (widget, text) => {
  await widget.fill("newPassword", text);
  await widget.fill("confirmPassword", text);
  await widget.send();
};

const help = async (widget, link, title, login) => {
  await widget.press("Need help signing in?");
  await widget.press(link);
  // The field for the user name is on the form before too.
  await widget.page.waitForFunction((title) => document.querySelector("h2")?.innerText === title, {}, title);
  await widget.fill("username", login);
};

// What is pressed, and how the code is asked for.
const channels = { "a text message": "Reset via SMS", "a call": "Reset via Voice Call" };
for (const [name, button] of Object.entries(channels)) {
  flow(`a forgotten password is reset by ${name} and a question`, async (widget, org) => {
    await help(widget, "Forgot password?", "Reset Password", "mary.jackson");
    await widget.press(button);
    await widget.fill("passCode", await org.sent("mary.jackson"));
    await widget.send();
    await widget.see("Where did you work first?");
    await widget.fill("answer", "Houston");
    await widget.send();
    await widget.see("did not match our records");
    await widget.fill("answer", "Langley");
    await widget.send();
    await password(widget, "Supersonic1959");
    await widget.succeeds();
  }, CHANNELS);
}

flow("a forgotten password is reset by the link of an e-mail", async (widget, org) => {
  await help(widget, "Forgot password?", "Reset Password", "mary.jackson");
  await widget.press("Reset via Email");
  await widget.see("Email sent!");
  const { link } = await org.message("mary.jackson");
  await widget.goTo({ recoveryToken: new URL(link).searchParams.get("recoveryToken") });
  await widget.see("Where did you work first?");
  await widget.fill("answer", "Langley");
  await widget.send();
  await password(widget, "Supersonic1959");
  await widget.succeeds();
}, CHANNELS);

const unlocks = { "a text message": "Send SMS", "a call": "Voice Call" };
for (const [name, button] of Object.entries(unlocks)) {
  flow(`an account is unlocked by ${name} and a question`, async (widget, org) => {
    await help(widget, "Unlock account?", "Unlock account", "jean.bartik");
    await widget.press(button);
    await widget.fill("passCode", await org.sent("jean.bartik"));
    await widget.send();
    await widget.fill("answer", "Maryville");
    await widget.send();
    await widget.see("Account successfully unlocked!");
  }, CHANNELS);
}

flow("an account is unlocked by the link of an e-mail", async (widget, org) => {
  await help(widget, "Unlock account?", "Unlock account", "dorothy.hodgkin");
  await widget.press("Send Email");
  await widget.see("Email sent!");
  const { link } = await org.message("dorothy.hodgkin");
  await widget.goTo({ recoveryToken: new URL(link).searchParams.get("recoveryToken") });
  await widget.see("Account successfully unlocked!");
}, CHANNELS);
