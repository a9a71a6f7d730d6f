//! One stage for every kind of screen, and everything a person could want: for rules that hold everywhere.

use crate::answers::{Body, activate, challenge, enroll, required, session, success};
use crate::stage::{Stage, Turn, activation, answer, code, person, send_code, sign_in};
use okta_authn_widget::flow::{Event, Intent};

/// A name and how to get there.
pub(crate) type Scene = (&'static str, fn() -> Stage);

/// All of them.
pub(crate) const SCENES: [Scene; 9] = [
    ("start", || Stage::at_start(&[])),
    ("session", || {
        Stage::new(&[]).then(Turn::Event(Event::Begin { remembered: None })).then(Turn::Session(session("ann")))
    }),
    ("list", || Stage::at(required("t1", &["sms", "question", "totp"]))),
    ("challenge", || Stage::at(challenge("t1", "sms")).then(Turn::Seconds(30))),
    ("enroll", || Stage::at(enroll("t1", false).link("skip", "authn/skip"))),
    ("activate", || Stage::at(activate("t1"))),
    ("strange", || Stage::at(Body::of("PROFILE_REQUIRED", "t1").link("prev", "authn/previous"))),
    ("leaving", || Stage::at(success())),
    ("signed in", || {
        Stage::at_start(&[("session-redirect", "callback")])
            .then(person(sign_in("jeff", "pw")))
            .then(crate::stage::org(success()))
    }),
];

/// Every intent, and the scenes in which it does something.
pub(crate) fn intents() -> Vec<(Intent, &'static [&'static str])> {
    vec![
        (sign_in("jeff", "pw"), &["start"]),
        (Intent::Continue, &["session"]),
        (Intent::SignOut, &["session"]),
        (Intent::Choose(1), &["list", "challenge"]),
        (send_code(), &["list", "challenge"]),
        (Intent::Resend, &["challenge"]),
        (code("123456"), &["list", "challenge"]),
        (answer("toy"), &["list", "challenge"]),
        (Intent::Enroll(0), &["enroll"]),
        (activation("123456"), &["activate"]),
        (Intent::CopyKey, &["activate"]),
        (Intent::Skip, &["enroll"]),
        (Intent::Back, &["challenge", "activate", "strange"]),
        (Intent::Retry, &[]),
        (Intent::Touch, &[]),
        (
            Intent::Cancel,
            &["start", "session", "list", "challenge", "enroll", "activate", "strange", "leaving", "signed in"],
        ),
    ]
}
