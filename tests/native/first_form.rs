//! The bundle of the first form: what it shows itself, and what it hands on to the one that has every screen.
//! Built with the feature `first-form`; all other tests are built without it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(dead_code, reason = "the stage serves the plays of the other bundle too")]

#[path = "flow/answers.rs"]
mod answers;
#[path = "flow/stage.rs"]
mod stage;
#[path = "flow/states.rs"]
mod states;
#[path = "flow/transcript.rs"]
mod transcript;

use answers::{Body, challenge, enroll, error, ok, required, session, success};
use okta_authn_widget::authn::TransportError;
use okta_authn_widget::authn::wire::Value;
use okta_authn_widget::flow::step::Recovery;
use okta_authn_widget::flow::{Event, Intent, OnwardTo, SignUp, Step};
use stage::{
    FORM_SENT, LEAVES, Stage, Turn, activation, code, new_password, open_recovery, org, person, send_code, sign_in,
};
use states::{
    consent, device, device_ended, leads_on, password, poll, recovery_question, recovery_sent, unauthenticated,
};

const NOT_LOADED: Turn = Turn::Event(Event::NotHandedOn);

/// Bodies that go beyond the first form.
fn beyond() -> Vec<Body> {
    vec![
        required("t1", &["sms"]),
        challenge("t1", "sms"),
        enroll("t1", false),
        answers::activate("t1"),
        password("PASSWORD_WARN", "t1"),
        password("PASSWORD_EXPIRED", "t1"),
        password("PASSWORD_RESET", "t1"),
        recovery_question("t1"),
        recovery_sent("t1", "SMS"),
        consent("t1", true),
        device("t1"),
        device_ended("DEVICE_ACTIVATED"),
        poll("t1", 2_000),
        Body::of("FACTOR_REQUIRED", "t1").embed("factors", serde_json::json!([])),
        Body::of("PROFILE_REQUIRED", "t1"),
    ]
}

/// What the org's answer is to the other bundle.
fn value(body: Body) -> Value {
    ok(body).unwrap().body.unwrap()
}

/// A stage after name and password were sent off.
fn signing_in() -> Stage {
    Stage::at_start(&[]).then(person(sign_in("jeff", "pw")))
}

fn onward(stage: &Stage) -> Option<OnwardTo> {
    stage.onward().map(|onward| onward.to.clone())
}

#[test]
fn whatever_goes_beyond_is_handed_on_and_the_form_stands() {
    for body in beyond() {
        let stage = signing_in().play([(org(body.clone()), "hand on = Start busy")]);
        assert_eq!(onward(&stage), Some(OnwardTo::Answer(value(body))));
        let onward = stage.onward().unwrap();
        assert_eq!((onward.username.as_str(), onward.keep_username), ("jeff", false));
    }
}

#[test]
fn what_a_token_leads_to_is_handed_on_as_resumed() {
    for option in ["state-token", "recovery-token", "activation-token"] {
        for body in beyond() {
            let stage = Stage::at_start(&[(option, "t0")]).play([(org(body.clone()), "hand on = Resuming busy")]);
            assert_eq!(onward(&stage), Some(OnwardTo::Resumed(value(body))));
        }
    }
    let spent = Stage::at_start(&[("recovery-token", "t0")]);
    spent.play([(Turn::Org(error(403, "E0000105")), "-> Start !LinkSpent")]);
}

#[test]
fn nothing_is_pressed_twice_while_the_other_bundle_loads() {
    let mut stage = signing_in().then(org(required("t1", &["sms"])));
    for intent in [sign_in("jeff", "pw"), Intent::Retry, Intent::Resume, Intent::Continue, send_code()] {
        assert_eq!(stage.turn(person(intent.clone())), [], "{intent:?}");
    }
    // Nor does the look for a session come between.
    let looks =
        Stage::new(&[]).then(Turn::Event(Event::Begin { remembered: None })).then(person(sign_in("jeff", "pw")));
    looks.play([
        (org(required("t1", &["sms"])), "hand on = Start busy"),
        (Turn::Beside(session("ann")), "= Start busy"),
    ]);
}

#[test]
fn a_bundle_that_cannot_be_loaded_is_tried_again() {
    let stage = signing_in().play([
        (org(required("t1", &["sms"])), "hand on = Start busy"),
        (NOT_LOADED, "= Start !Unreachable or Retry"),
        (person(Intent::Retry), "hand on = Start busy"),
        (NOT_LOADED, "= Start !Unreachable or Retry"),
        (person(Intent::Retry), "hand on = Start busy"),
    ]);
    assert_eq!(onward(&stage), Some(OnwardTo::Answer(value(required("t1", &["sms"])))));
    let resumed = Stage::at_start(&[("state-token", "t0")]).then(org(required("t1", &["sms"])));
    let resumed = resumed
        .play([(NOT_LOADED, "= Resuming !Unreachable or Retry"), (person(Intent::Retry), "hand on = Resuming busy")]);
    assert_eq!(onward(&resumed), Some(OnwardTo::Resumed(value(required("t1", &["sms"])))));
}

#[test]
fn whoever_leaves_is_not_handed_on() {
    let stage = signing_in().then(org(required("t1", &["sms"]))).play([
        (person(Intent::Cancel), "abort -> Start jeff"),
        (NOT_LOADED, "= Start jeff"),
        (person(Intent::Retry), "= Start jeff"),
        (person(sign_in("jeff", "pw")), &*FORM_SENT.replace("Start", "Start jeff")),
    ]);
    assert_eq!(onward(&stage), None);
    let restored = signing_in().then(org(required("t1", &["sms"])));
    let restored = restored.then(Turn::Event(Event::Restored { remembered: None }));
    assert_eq!((onward(&restored), restored.screen().busy), (None, false));
}

#[test]
fn a_late_answer_hands_nothing_on() {
    let stage = signing_in();
    let newest = stage.newest();
    let stage =
        stage.then(person(Intent::Cancel)).play([(Turn::Late(newest, ok(required("t1", &["sms"]))), "= Start jeff")]);
    assert_eq!(onward(&stage), None);
}

#[test]
fn what_ends_here_is_shown_here() {
    let there = "go /login/step-up/redirect?stateToken=t9 -> Leaving";
    for (body, expected) in [
        (success(), LEAVES),
        (leads_on("next").with("type", "SESSION_STEP_UP"), there),
        (leads_on("original"), there),
        (success().with("recoveryType", "UNLOCK"), "-> Start jeff !Unlocked"),
        (Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock"), "-> Start jeff !LockedOut"),
    ] {
        let stage = signing_in().play([(org(body), expected)]);
        assert_eq!(onward(&stage), None);
    }
    Stage::at_start(&[("state-token", "t0")]).play([
        (org(unauthenticated("t1")), "-> Start"),
        (
            person(sign_in("jeff", "pw")),
            "forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy",
        ),
        (org(required("t2", &["sms"])), "hand on = Start busy"),
    ]);
    signing_in().play([
        (Turn::Org(error(401, "E0000004")), "= Start emptied !WrongCredentials #oae1"),
        (person(sign_in("jeff", "pw")), FORM_SENT),
        (Turn::Org(Err(TransportError::Offline)), "= Start !Offline or submit again"),
        (person(sign_in("jeff", "")), "= Start !Missing(Password)"),
    ]);
}

/// An org that asks for the name alone.
#[test]
fn factors_before_a_password_go_beyond() {
    let mut list = required("t1", &["email"]);
    list.0["status"] = serde_json::json!("UNAUTHENTICATED");
    let asked = Stage::at_start(&[("passwordless-auth", "")]).then(person(sign_in("jeff", "")));
    let stage = asked.play([(org(list.clone()), "hand on = Start busy")]);
    assert_eq!(onward(&stage), Some(OnwardTo::Answer(value(list))));
}

#[test]
fn a_forgotten_password_and_a_locked_account_go_beyond() {
    for recovery in [Recovery::Password, Recovery::Unlock] {
        let open = || person(Intent::OpenRecovery { recovery, username: " jeff ".to_owned() });
        let stage = Stage::at_start(&[]).play([
            (open(), "hand on = Start busy"),
            (NOT_LOADED, "= Start !Unreachable or Retry"),
            (person(Intent::Retry), "hand on = Start busy"),
        ]);
        assert_eq!(onward(&stage), Some(OnwardTo::Recovery(recovery)));
        assert_eq!(stage.onward().unwrap().username, "jeff");
    }
    // It ends what is under way.
    let stage = signing_in();
    let newest = stage.newest();
    stage.play([
        (person(open_recovery("jeff")), "abort; hand on = Start busy"),
        (Turn::Late(newest, ok(required("t1", &["sms"]))), "= Start busy"),
    ]);
}

#[test]
fn the_session_there_is_needs_no_other_bundle() {
    let begun = Stage::new(&[]).then(Turn::Event(Event::Begin { remembered: None }));
    let stage = begun.play([
        (Turn::Beside(session("ann")), "-> Session ann"),
        (person(Intent::Continue), "go https://app.example/?a=1&b=2 -> Leaving"),
    ]);
    assert_eq!(stage.screen().step, Step::Leaving);
}

#[test]
fn wishes_of_the_other_screens_do_nothing_here() {
    let mut stage = Stage::at_start(&[]);
    for intent in [
        Intent::Choose(0),
        send_code(),
        Intent::Resend,
        code("1"),
        activation("1"),
        Intent::Enroll(0),
        Intent::AskAgain,
        Intent::Follow,
        Intent::Skip,
        Intent::Back,
        new_password("old", "new", "new"),
        Intent::Consent(Vec::new()),
        Intent::ActivateDevice("A".to_owned()),
    ] {
        let before = stage.screen().clone();
        assert_eq!(stage.turn(person(intent.clone())), [], "{intent:?}");
        assert_eq!(*stage.screen(), before, "{intent:?}");
    }
}

const HOOK: [(&str, &str); 1] = [("hook-url", "https://app.example/hook")];

#[test]
fn signing_up_goes_beyond() {
    let open = || person(Intent::SignUp(SignUp::Open { username: " jeff ".to_owned() }));
    let stage = Stage::at_start(&HOOK).play([
        (open(), "hand on = Start busy"),
        (NOT_LOADED, "= Start !Unreachable or Retry"),
        (person(Intent::Retry), "hand on = Start busy"),
    ]);
    assert_eq!(onward(&stage), Some(OnwardTo::Registration));
    assert_eq!(stage.onward().unwrap().username, "jeff");
}

/// The hook is told who signs in, unless the page's own code gets the session token.
#[test]
fn with_a_hook_the_end_goes_beyond_too() {
    let signing_in = |options: &[(&str, &str)]| {
        let options: Vec<_> = options.iter().chain(&HOOK).copied().collect();
        Stage::at_start(&options).then(person(sign_in("jeff", "pw")))
    };
    let stage = signing_in(&[]).play([(org(success()), "hand on = Start busy")]);
    assert_eq!(onward(&stage), Some(OnwardTo::Answer(value(success()))));
    signing_in(&[("session-redirect", "callback")]).play([(org(success()), "hand over se&ss+1 of jeff -> SignedIn")]);
}
