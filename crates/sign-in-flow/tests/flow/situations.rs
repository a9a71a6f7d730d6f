//! One situation for every kind of screen, and everything a person could want: for rules that hold everywhere.

use crate::harness::{
    Harness, Input, T0, activation, answer, choose, code, new_password, open_recovery, org, person, send_code, sign_in,
};
use crate::responses::{Body, Outcome, activate, challenge, enroll, no_json, required, session, success};
use crate::states::{
    consent, device, device_ended, duo, duo_activation, enrollable, password, poll, profile, push, push_activation,
    push_result, recovery_mailed, recovery_question, recovery_sent, redirect, redirect_activation, unauthenticated,
    webauthn, webauthn_activation,
};
use okta_authn::{Channel, Millis, SecurityAnswer};
use sign_in_flow::{Intent, PhoneEntry};

/// How to get to a screen.
pub(crate) struct Situation {
    pub(crate) name: &'static str,
    options: &'static [(&'static str, &'static str)],
    inputs: fn() -> Vec<Input>,
}

const fn situation(name: &'static str, inputs: fn() -> Vec<Input>) -> Situation {
    Situation { name, options: &[], inputs }
}

const fn situation_with(
    name: &'static str,
    options: &'static [(&'static str, &'static str)],
    inputs: fn() -> Vec<Input>,
) -> Situation {
    Situation { name, options, inputs }
}

/// What jeff's name and password are answered with.
fn answered(body: Body) -> Vec<Input> {
    vec![person(sign_in("jeff", "pw")), org(body)]
}

/// The same, and what follows.
fn then(body: Body, more: impl IntoIterator<Item = Input>) -> Vec<Input> {
    answered(body).into_iter().chain(more).collect()
}

/// All of them.
pub(crate) static SITUATIONS: [Situation; 36] = [
    situation("start", Vec::new),
    situation_with("start of an app", &[("state-token", "t0")], || vec![org(unauthenticated("t1"))]),
    situation("session", || {
        let restored = sign_in_flow::Event::Restored { remembered: None };
        vec![Input::Event(restored), Input::Background(session("ann"))]
    }),
    situation_with("resuming", &[("state-token", "t0")], || {
        vec![Input::Org(Err(okta_authn::TransportError::Offline)), person(Intent::Edit)]
    }),
    situation("list", || answered(required("t1", &["sms", "question", "totp"]))),
    situation("challenge", || then(challenge("t1", "sms"), [Input::Seconds(30)])),
    situation("push list", || answered(required("t1", &["push", "okta-totp"]))),
    situation("push", || then(required("t1", &["push", "okta-totp", "sms"]), [person(send_code()), org(push("t2"))])),
    situation_with("push refused", &[("state-token", "t0")], || vec![org(push_result("t1", "REJECTED"))]),
    situation("key", || then(webauthn("t1"), [refused()])),
    situation("duo", || answered(duo("t1"))),
    situation_with("site", &[("state-token", "t0")], || vec![org(redirect("t1", "saml"))]),
    situation("enroll", || answered(enroll("t1", false).link("skip", "authn/skip"))),
    situation("phone form", || then(enrollable("t1", &["sms"]), [person(Intent::Enroll(0))])),
    situation("question form", || {
        let none = Input::Org(no_json(404));
        then(enrollable("t1", &["question"]), [person(Intent::Enroll(0)), none])
    }),
    situation("activate", || answered(activate("t1"))),
    situation("activate sms", || {
        let sent = crate::states::activation("t1", "sms").resend("sms", "authn/factors/sms1/lifecycle/resend");
        then(sent, [Input::Seconds(30)])
    }),
    situation("activate push", || {
        then(enrollable("t1", &["push", "okta-totp"]), [person(Intent::Enroll(0)), org(push_activation("t2"))])
    }),
    situation("activate late", || answered(crate::states::activation("t1", "push").with("factorResult", "TIMEOUT"))),
    situation("activate key", || then(webauthn_activation("t1"), [refused()])),
    situation("activate duo", || answered(duo_activation("t1"))),
    situation_with("activate site", &[("state-token", "t0")], || vec![org(redirect_activation("t1", "oidc"))]),
    situation("warned", || answered(password("PASSWORD_WARN", "t1"))),
    situation("reset", || answered(password("PASSWORD_RESET", "t1"))),
    situation("recover", || vec![person(open_recovery("jeff"))]),
    situation("recovery code", || {
        let sent = [person(recover("jeff", Channel::Sms)), org(recovery_sent("t1", "SMS")), Input::Seconds(30)];
        [person(open_recovery("jeff"))].into_iter().chain(sent).collect()
    }),
    situation("recovery mail", || {
        vec![person(open_recovery("jeff")), person(recover("jeff", Channel::Email)), org(recovery_mailed())]
    }),
    situation("recovery question", || answered(recovery_question("t1"))),
    situation("consent", || answered(consent("t1", true))),
    situation("profile", || answered(profile("t1"))),
    situation("device", || answered(device("t1"))),
    situation("device ending", || answered(device_ended("DEVICE_ACTIVATED"))),
    situation("poll", || answered(poll("t1", 2_000))),
    situation("strange", || answered(Body::of("PROFILE_REQUIRED", "t1").link("prev", "authn/previous"))),
    situation_with("confirm", &[("activation-token", "t0")], || {
        vec![org(success()), Input::Background(session("ann"))]
    }),
    situation("leaving", || answered(success())),
];

/// The person put the key away.
fn refused() -> Input {
    Input::Authenticator(Err(okta_authn::CredentialError::Refused))
}

fn recover(username: &str, channel: Channel) -> Intent {
    Intent::Recover { username: username.to_owned(), channel }
}

impl Situation {
    /// The body of the org's that led here.
    pub(crate) fn body(&self) -> Option<Outcome> {
        let inputs = (self.inputs)();
        inputs.into_iter().rev().find_map(|input| match input {
            Input::Org(Ok(response)) => Some(Ok(response)),
            _ => None,
        })
    }

    /// The harness with this screen.
    pub(crate) fn harness(&self) -> Harness {
        self.harness_at(T0)
    }

    /// How many secrets its settings hold.
    pub(crate) fn secrets_in_settings(&self) -> isize {
        isize::from(self.options.iter().any(|(name, _)| name.ends_with("-token")))
    }

    /// The same at another time.
    pub(crate) fn harness_at(&self, now: Millis) -> Harness {
        let harness = Harness::new_at(now, self.options).begun();
        (self.inputs)().into_iter().fold(harness, Harness::then)
    }
}

/// The situation of that name.
pub(crate) fn named(name: &str) -> &'static Situation {
    SITUATIONS.iter().find(|situation| situation.name == name).unwrap()
}

/// Every intent, and the situations in which it does something.
pub(crate) fn intents() -> Vec<(Intent, &'static [&'static str])> {
    vec![
        (sign_in("jeff", "pw"), &["start", "start of an app"]),
        (Intent::Continue, &["session", "confirm"]),
        (Intent::SignOut, &["session"]),
        (choose(1), &["list", "challenge", "push", "push refused", "key", "duo", "site"]),
        (send_code(), &["list", "challenge", "push list", "push refused", "key"]),
        (Intent::Resend, &["challenge", "push", "push refused", "key", "activate sms", "recovery code"]),
        (code("123456"), &["list", "challenge", "push list", "push", "key", "recovery code"]),
        (answer("toy"), &["list", "challenge", "push list", "push", "key", "recovery code"]),
        (Intent::AskAgain, &["key", "duo", "activate key", "activate duo"]),
        (Intent::OpenSite, &["site", "activate site"]),
        (Intent::KeepWaiting, &[]),
        (Intent::KeepGoing, &[]),
        (Intent::Enroll(0), &["enroll"]),
        (Intent::EnrollPhone(PhoneEntry::of("+4930123")), &["phone form", "question form"]),
        (activation("123456"), &["activate", "activate sms", "activate late", "activate key", "activate site"]),
        (Intent::SendActivation { by: "email", phone: PhoneEntry::default() }, &["activate push"]),
        (Intent::SetUpByHand, &["activate push"]),
        (Intent::Restart, &["activate late"]),
        (Intent::CopyKey, &["activate"]),
        (open_recovery("jeff"), &["start", "start of an app", "recover", "recovery code", "recovery mail"]),
        (recover("jeff", Channel::Email), &["recover", "recovery code"]),
        (Intent::Answer(SecurityAnswer::new("toy")), &["recovery question"]),
        (new_password("old", "new", "new"), &["warned", "reset"]),
        (Intent::Consent(vec!["mail".to_owned()]), &["consent"]),
        (Intent::Profile(vec![("department".to_owned(), " Ops ".to_owned())]), &["profile"]),
        (Intent::ActivateDevice("ABCD".to_owned()), &["device"]),
        (Intent::Skip, &["enroll", "warned"]),
        (Intent::Back, &BACK),
        (Intent::Retry, &["resuming"]),
        (Intent::Resume, &["resuming"]),
        (Intent::Edit, &[]),
    ]
}

/// Scenes with a way back that is not the way out.
const BACK: [&str; 18] = [
    "challenge",
    "push",
    "push refused",
    "key",
    "duo",
    "site",
    "phone form",
    "question form",
    "activate",
    "activate sms",
    "activate push",
    "activate late",
    "activate key",
    "activate duo",
    "activate site",
    "recover",
    "device ending",
    "strange",
];
