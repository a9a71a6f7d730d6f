//! The start machine alone: what it shows itself, and what it hands off to the transaction machine. Not here: what the
//! transaction machine makes of it.

use crate::harness::{
    Harness, Input, LEAVES, activation, code, new_password, open_recovery, org, person, send_code, sign_in,
};
use crate::responses::{Body, activate, challenge, enroll, error, ok, required, session, success};
use crate::states::{
    consent, device, device_ended, password, poll, recovery_question, recovery_sent, success_with_link, unauthenticated,
};
use expect_test::expect;
use okta_authn::{Response, TransportError};
use sign_in_flow::handoff::Recovery;
use sign_in_flow::{Event, HandoffTo, Intent, Leaving, RegistrationIntent, StartStep, Step};

const NOT_LOADED: Input = Input::HandoffFailed;

/// Bodies that go beyond the first form.
fn beyond() -> Vec<Body> {
    vec![
        required("t1", &["sms"]),
        challenge("t1", "sms"),
        enroll("t1", false),
        activate("t1"),
        password("PASSWORD_WARN", "t1"),
        password("PASSWORD_EXPIRED", "t1"),
        password("PASSWORD_RESET", "t1"),
        recovery_question("t1"),
        recovery_sent("t1", "SMS"),
        consent("t1", true),
        device("t1"),
        device_ended("DEVICE_ACTIVATED"),
        success().with("recoveryType", "UNLOCK"),
        poll("t1", 2_000),
        Body::of("FACTOR_REQUIRED", "t1").embed("factors", serde_json::json!([])),
        Body::of("PROFILE_REQUIRED", "t1"),
    ]
}

/// The response that is handed off.
fn response(body: Body) -> Response {
    ok(body).unwrap()
}

/// The start machine alone, on a page where nobody is signed in.
fn at_start(attributes: &[(&str, &str)]) -> Harness {
    Harness::start_alone(attributes).begun()
}

/// A harness after name and password were sent off.
fn signing_in() -> Harness {
    at_start(&[]).then(person(sign_in("jeff", "pw")))
}

/// What the newest handoff hands off.
fn handed_off(harness: &Harness) -> Option<HandoffTo> {
    harness.handoff().map(|handoff| handoff.to.clone())
}

#[test]
fn whatever_goes_beyond_is_handed_on_and_the_form_stands() {
    for body in beyond() {
        let harness = signing_in().run([(org(body.clone()), "hand off = Start busy")]);
        assert_eq!(handed_off(&harness), Some(HandoffTo::Response(response(body))));
        let handoff = harness.handoff().unwrap();
        assert_eq!((handoff.username.as_str(), handoff.may_have_session), ("jeff", false));
    }
}

#[test]
fn what_a_token_leads_to_is_handed_on_as_resumed() {
    for option in ["state-token", "recovery-token", "activation-token"] {
        for body in beyond() {
            let harness = at_start(&[(option, "t0")]).run([(org(body.clone()), "hand off = Resuming busy")]);
            assert_eq!(handed_off(&harness), Some(HandoffTo::Resumed(response(body))));
        }
    }
    let spent = at_start(&[("recovery-token", "t0")]);
    spent.check(
        [Input::Org(error(403, "E0000105"))],
        &expect![[r#"
            reply 403 E0000105
                -> Start !LinkSpent(recover)
        "#]],
    );
}

#[test]
fn nothing_is_sent_twice_while_the_second_part_loads() {
    let mut harness = signing_in().then(org(required("t1", &["sms"])));
    for intent in [sign_in("jeff", "pw"), Intent::Retry, Intent::Resume, Intent::Continue, send_code()] {
        assert_eq!(harness.input(person(intent.clone())), [], "{intent:?}");
    }
    // Nor does the session look-up come between.
    let harness = Harness::start_alone(&[])
        .then(Input::Event(Event::Begin { remembered: None }))
        .then(person(sign_in("jeff", "pw")));
    harness.check(
        [org(required("t1", &["sms"])), Input::Background(session("ann"))],
        &expect![[r#"
        reply 200 MFA_REQUIRED t1
            hand off = Start busy
        background reply 200 ACTIVE
            = Start busy
    "#]],
    );
}

#[test]
fn a_bundle_that_cannot_be_loaded_is_tried_again() {
    let harness = signing_in().check(
        [org(required("t1", &["sms"])), NOT_LOADED, person(Intent::Retry), NOT_LOADED, person(Intent::Retry)],
        &expect![[r#"
            reply 200 MFA_REQUIRED t1
                hand off = Start busy
            handoff failed
                = Start !Unreachable or Retry
            Retry
                hand off = Start busy
            handoff failed
                = Start !Unreachable or Retry
            Retry
                hand off = Start busy
        "#]],
    );
    assert_eq!(handed_off(&harness), Some(HandoffTo::Response(response(required("t1", &["sms"])))));
    let resumed = at_start(&[("state-token", "t0")]).then(org(required("t1", &["sms"])));
    let resumed = resumed.check(
        [NOT_LOADED, person(Intent::Retry)],
        &expect![[r#"
        handoff failed
            = Resuming !Unreachable or Retry
        Retry
            hand off = Resuming busy
    "#]],
    );
    assert_eq!(handed_off(&resumed), Some(HandoffTo::Resumed(response(required("t1", &["sms"])))));
}

#[test]
fn whoever_leaves_is_not_handed_on() {
    signing_in().then(org(required("t1", &["sms"]))).check(
        [person(Intent::Cancel), NOT_LOADED, person(Intent::Retry), person(sign_in("jeff", "pw"))],
        &expect![[r#"
            Cancel
                abort -> Start jeff
            handoff failed
                = Start jeff
            Retry
                = Start jeff
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
        "#]],
    );
    let restored = signing_in().then(org(required("t1", &["sms"])));
    let restored = restored.then(Input::Event(Event::Restored { remembered: None }));
    assert!(!restored.screen().busy);
    restored.check(
        [NOT_LOADED, person(Intent::Retry)],
        &expect![[r#"
        handoff failed
            = Start
        Retry
            = Start
    "#]],
    );
}

#[test]
fn a_late_answer_hands_nothing_on() {
    let harness = signing_in();
    let newest = harness.newest();
    let harness = harness.then(person(Intent::Cancel)).check(
        [Input::Late(newest, ok(required("t1", &["sms"])))],
        &expect![[r#"
            reply to request 1 200 MFA_REQUIRED t1
                = Start jeff
        "#]],
    );
    assert_eq!(handed_off(&harness), None);
}

#[test]
fn what_ends_here_is_shown_here() {
    let there = "go /login/step-up/redirect?stateToken=t9 -> Leaving";
    for (body, expected) in [
        (success(), LEAVES),
        (success_with_link("next").with("type", "SESSION_STEP_UP"), there),
        (success_with_link("original"), there),
        (Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock"), "-> Start jeff !LockedOut(unlock)"),
    ] {
        let harness = signing_in().run([(org(body), expected)]);
        assert_eq!(handed_off(&harness), None);
    }
    at_start(&[("state-token", "t0")]).check(
        [org(unauthenticated("t1")), person(sign_in("jeff", "pw")), org(required("t2", &["sms"]))],
        &expect![[r#"
            reply 200 UNAUTHENTICATED t1
                -> Start
            SignIn jeff pw
                forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply 200 MFA_REQUIRED t2
                hand off = Start busy
        "#]],
    );
    signing_in().check(
        [
            Input::Org(error(401, "E0000004")),
            person(sign_in("jeff", "pw")),
            Input::Org(Err(TransportError::Offline)),
            person(sign_in("jeff", "")),
        ],
        &expect![[r#"
            reply 401 E0000004
                = Start emptied !WrongCredentials
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply Offline
                = Start !Offline or submit again
            SignIn jeff
                = Start !Missing(Password)
        "#]],
    );
}

/// An org that asks for the name alone.
#[test]
fn factors_before_a_password_go_beyond() {
    let mut list = required("t1", &["email"]);
    list.0["status"] = serde_json::json!("UNAUTHENTICATED");
    let asked = at_start(&[("passwordless-auth", "")]).then(person(sign_in("jeff", "")));
    let harness = asked.check(
        [org(list.clone())],
        &expect![[r#"
        reply 200 UNAUTHENTICATED t1
            hand off = Start busy
    "#]],
    );
    assert_eq!(handed_off(&harness), Some(HandoffTo::Response(response(list))));
}

/// An org that was upgraded to Identity Engine.
#[test]
fn an_org_that_wants_a_password_after_all_gets_one() {
    let asked = at_start(&[("passwordless-auth", "")]).then(person(sign_in("jeff", "")));
    asked.check(
        [Input::Org(error(400, "E0000028")), person(sign_in("jeff", "")), person(sign_in("jeff", "pw"))],
        &expect![[r#"
            reply 400 E0000028
                -> Start jeff !Missing(Password)
            SignIn jeff
                = Start jeff !Missing(Password)
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
        "#]],
    );
}

#[test]
fn a_forgotten_password_and_a_locked_account_go_beyond() {
    for recovery in [Recovery::Password, Recovery::Unlock] {
        let open = || person(Intent::OpenRecovery { recovery, username: " jeff ".to_owned() });
        let harness = at_start(&[]).run([
            (open(), "hand off = Start busy"),
            (NOT_LOADED, "= Start !Unreachable or Retry"),
            (person(Intent::Retry), "hand off = Start busy"),
        ]);
        assert_eq!(handed_off(&harness), Some(HandoffTo::Recovery(recovery)));
        assert_eq!(harness.handoff().unwrap().username, "jeff");
    }
    // It ends what is under way.
    let harness = signing_in();
    let newest = harness.newest();
    harness.check(
        [person(open_recovery("jeff")), Input::Late(newest, ok(required("t1", &["sms"])))],
        &expect![[r#"
        OpenRecovery Password jeff
            abort; hand off = Start busy
        reply to request 1 200 MFA_REQUIRED t1
            = Start busy
    "#]],
    );
}

#[test]
fn the_session_there_is_needs_no_other_bundle() {
    let begun = Harness::start_alone(&[]).then(Input::Event(Event::Begin { remembered: None }));
    let harness = begun.check(
        [Input::Background(session("ann")), person(Intent::Continue)],
        &expect![[r#"
        background reply 200 ACTIVE
            -> Session ann
        Continue
            go https://app.example/?a=1&b=2 -> Leaving
    "#]],
    );
    assert_eq!(harness.step(), Step::Start(&StartStep::Leaving(Leaving::Done)));
}

#[test]
fn intents_of_the_other_screens_do_nothing_here() {
    let mut harness = at_start(&[]);
    for intent in [
        Intent::Choose(0),
        send_code(),
        Intent::Resend,
        code("1"),
        activation("1"),
        Intent::Enroll(0),
        Intent::AskAgain,
        Intent::OpenSite,
        Intent::Skip,
        Intent::Back,
        new_password("old", "new", "new"),
        Intent::Consent(Vec::new()),
        Intent::ActivateDevice("A".to_owned()),
    ] {
        let before = harness.screen().clone();
        assert_eq!(harness.input(person(intent.clone())), [], "{intent:?}");
        assert_eq!(*harness.screen(), before, "{intent:?}");
    }
}

const HOOK: [(&str, &str); 1] = [("hook-url", "https://app.example/hook")];

#[test]
fn signing_up_goes_beyond() {
    let open = || person(Intent::Registration(RegistrationIntent::Open { username: " jeff ".to_owned() }));
    let harness = at_start(&HOOK).check(
        [open(), NOT_LOADED, person(Intent::Retry)],
        &expect![[r#"
        Registration Open  jeff
            hand off = Start busy
        handoff failed
            = Start !Unreachable or Retry
        Retry
            hand off = Start busy
    "#]],
    );
    assert_eq!(handed_off(&harness), Some(HandoffTo::Registration));
    assert_eq!(harness.handoff().unwrap().username, "jeff");
}

/// The hook is told who signs in, unless the page's own code gets the session token.
#[test]
fn with_a_hook_the_end_goes_beyond_too() {
    let signing_in = |options: &[(&str, &str)]| {
        let options: Vec<_> = options.iter().chain(&HOOK).copied().collect();
        at_start(&options).then(person(sign_in("jeff", "pw")))
    };
    let harness = signing_in(&[]).check(
        [org(success())],
        &expect![[r#"
        reply 200 SUCCESS
            hand off = Start busy
    "#]],
    );
    assert!(matches!(handed_off(&harness), Some(HandoffTo::Success(_, token)) if token.expose() == "se&ss+1"));
    signing_in(&[("session-redirect", "callback")]).check(
        [org(success())],
        &expect![[r#"
        reply 200 SUCCESS
            complete with se&ss+1 of jeff -> SignedIn
    "#]],
    );
}
