//! One scene for every kind of screen, and everything a person could want: for rules that hold everywhere.

use crate::answers::{Body, activate, challenge, enroll, required, session, success};
use crate::stage::{
    DAWN, Stage, Turn, activation, answer, choose, code, new_password, open_recovery, org, person, send_code, sign_in,
};
use crate::states::{
    consent, device, device_ended, duo, duo_activation, enrollable, password, poll, push, push_activation, push_result,
    recovery_mailed, recovery_question, recovery_sent, redirect, redirect_activation, unauthenticated, webauthn,
    webauthn_activation,
};
use okta_authn_widget::authn::request::Enrollment;
use okta_authn_widget::authn::{Channel, Millis, SecurityAnswer};
use okta_authn_widget::flow::Intent;

/// How to get to a screen.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    options: &'static [(&'static str, &'static str)],
    turns: fn() -> Vec<Turn>,
}

const fn scene(name: &'static str, turns: fn() -> Vec<Turn>) -> Scene {
    Scene { name, options: &[], turns }
}

const fn scene_of(
    name: &'static str,
    options: &'static [(&'static str, &'static str)],
    turns: fn() -> Vec<Turn>,
) -> Scene {
    Scene { name, options, turns }
}

/// What jeff's name and password are answered with.
fn answered(body: Body) -> Vec<Turn> {
    vec![person(sign_in("jeff", "pw")), org(body)]
}

/// The same, and what follows.
fn then(body: Body, more: impl IntoIterator<Item = Turn>) -> Vec<Turn> {
    answered(body).into_iter().chain(more).collect()
}

/// All of them.
pub(crate) static SCENES: [Scene; 34] = [
    scene("start", Vec::new),
    scene_of("start of an app", &[("state-token", "t0")], || vec![org(unauthenticated("t1"))]),
    scene("session", || {
        let restored = okta_authn_widget::flow::Event::Restored { remembered: None };
        vec![Turn::Event(restored), Turn::Beside(session("ann"))]
    }),
    scene_of("resuming", &[("state-token", "t0")], || {
        vec![Turn::Org(Err(okta_authn_widget::authn::TransportError::Offline)), person(Intent::Touch)]
    }),
    scene("list", || answered(required("t1", &["sms", "question", "totp"]))),
    scene("challenge", || then(challenge("t1", "sms"), [Turn::Seconds(30)])),
    scene("push list", || answered(required("t1", &["push", "okta-totp"]))),
    scene("push", || then(required("t1", &["push", "okta-totp", "sms"]), [person(send_code()), org(push("t2"))])),
    scene_of("push refused", &[("state-token", "t0")], || vec![org(push_result("t1", "REJECTED"))]),
    scene("key", || then(webauthn("t1"), [refused()])),
    scene("duo", || answered(duo("t1"))),
    scene_of("site", &[("state-token", "t0")], || vec![org(redirect("t1", "saml"))]),
    scene("enroll", || answered(enroll("t1", false).link("skip", "authn/skip"))),
    scene("phone form", || then(enrollable("t1", &["sms"]), [person(Intent::Enroll(0))])),
    scene("question form", || then(enrollable("t1", &["question"]), [person(Intent::Enroll(0))])),
    scene("activate", || answered(activate("t1"))),
    scene("activate sms", || {
        let sent = crate::states::activation("t1", "sms").resend("sms", "authn/factors/sms1/lifecycle/resend");
        then(sent, [Turn::Seconds(30)])
    }),
    scene("activate push", || {
        then(enrollable("t1", &["push", "okta-totp"]), [person(Intent::Enroll(0)), org(push_activation("t2"))])
    }),
    scene("activate late", || answered(crate::states::activation("t1", "push").with("factorResult", "TIMEOUT"))),
    scene("activate key", || then(webauthn_activation("t1"), [refused()])),
    scene("activate duo", || answered(duo_activation("t1"))),
    scene_of("activate site", &[("state-token", "t0")], || vec![org(redirect_activation("t1", "oidc"))]),
    scene("warned", || answered(password("PASSWORD_WARN", "t1"))),
    scene("reset", || answered(password("PASSWORD_RESET", "t1"))),
    scene("recover", || vec![person(open_recovery("jeff"))]),
    scene("recovery code", || {
        let sent = [person(recover("jeff", Channel::Sms)), org(recovery_sent("t1", "SMS")), Turn::Seconds(30)];
        [person(open_recovery("jeff"))].into_iter().chain(sent).collect()
    }),
    scene("recovery mail", || {
        vec![person(open_recovery("jeff")), person(recover("jeff", Channel::Email)), org(recovery_mailed())]
    }),
    scene("recovery question", || answered(recovery_question("t1"))),
    scene("consent", || answered(consent("t1", true))),
    scene("device", || answered(device("t1"))),
    scene("device ending", || answered(device_ended("DEVICE_ACTIVATED"))),
    scene("poll", || answered(poll("t1", 2_000))),
    scene("strange", || answered(Body::of("PROFILE_REQUIRED", "t1").link("prev", "authn/previous"))),
    scene("leaving", || answered(success())),
];

/// The person put the key away.
fn refused() -> Turn {
    Turn::Key(Err(okta_authn_widget::authn::CredentialError::Refused))
}

fn recover(username: &str, channel: Channel) -> Intent {
    Intent::Recover { username: username.to_owned(), channel }
}

impl Scene {
    /// The stage with this screen.
    pub(crate) fn stage(&self) -> Stage {
        self.stage_at(DAWN)
    }

    /// The same at another time.
    pub(crate) fn stage_at(&self, now: Millis) -> Stage {
        let stage = Stage::new_at(now, self.options).begun();
        (self.turns)().into_iter().fold(stage, Stage::then)
    }
}

/// The scene of that name.
pub(crate) fn named(name: &str) -> &'static Scene {
    SCENES.iter().find(|scene| scene.name == name).unwrap()
}

/// Every intent, and the scenes in which it does something.
pub(crate) fn intents() -> Vec<(Intent, &'static [&'static str])> {
    let phone = Enrollment::Phone {
        number: "+4930123".to_owned(),
        extension: String::new(),
        replaces: false,
        unchecked: false,
    };
    vec![
        (sign_in("jeff", "pw"), &["start", "start of an app"]),
        (Intent::Continue, &["session"]),
        (Intent::SignOut, &["session"]),
        (choose(1), &["list", "challenge", "push", "push refused", "key", "duo", "site"]),
        (send_code(), &["list", "challenge", "push list", "push refused", "key"]),
        (Intent::Resend, &["challenge", "push", "push refused", "key", "activate sms", "recovery code"]),
        (code("123456"), &["list", "challenge", "push list", "push", "key", "recovery code"]),
        (answer("toy"), &["list", "challenge", "push list", "push", "key", "recovery code"]),
        (Intent::AskAgain, &["key", "duo", "activate key", "activate duo"]),
        (Intent::Follow, &["site", "activate site"]),
        (Intent::KeepWaiting, &[]),
        (Intent::Enroll(0), &["enroll"]),
        (Intent::EnrollWith(phone), &["phone form", "question form"]),
        (activation("123456"), &["activate", "activate sms", "activate late", "activate key", "activate site"]),
        (Intent::SendActivation { by: "email", phone_number: String::new() }, &["activate push"]),
        (Intent::SetUpByHand, &["activate push"]),
        (Intent::Restart, &["activate late"]),
        (Intent::CopyKey, &["activate"]),
        (open_recovery("jeff"), &["start", "start of an app", "recover", "recovery code", "recovery mail"]),
        (recover("jeff", Channel::Email), &["recover"]),
        (Intent::Answer(SecurityAnswer::new("toy")), &["recovery question"]),
        (new_password("old", "new", "new"), &["warned", "reset"]),
        (Intent::Consent(vec!["mail".to_owned()]), &["consent"]),
        (Intent::ActivateDevice("ABCD".to_owned()), &["device"]),
        (Intent::Skip, &["enroll", "warned"]),
        (Intent::Back, &BACK),
        (Intent::Retry, &["resuming"]),
        (Intent::Resume, &["resuming"]),
        (Intent::Touch, &[]),
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
