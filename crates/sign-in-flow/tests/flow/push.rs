//! Waiting for a phone: how often it polls, what a poll may bring, and how the waiting ends.

use crate::harness::{Harness, Input, LEAVES, choose, code, org, person, send_code, visibility};
use crate::responses::{Body, error, no_json, required, success};
use crate::states::{push, push_number, push_result};
use expect_test::expect;
use okta_authn::TransportError;
use serde_json::json;
use sign_in_flow::Intent;

const LOOK: &str = "POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits";
const PREV: &str = "POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Push waits busy";

/// The phone was asked, from a list that has the app's code and an SMS too.
fn asked() -> Harness {
    let list = required("t1", &["push", "okta-totp", "sms"]);
    Harness::at(list).then(person(send_code())).then(org(push("t2")))
}

/// A run from the first poll on.
fn looked<'a>(inputs: impl IntoIterator<Item = (Input, &'a str)>) -> Harness {
    asked().then(Input::Seconds(4)).run(inputs)
}

#[test]
fn the_phone_is_asked_and_looked_at_every_four_seconds() {
    Harness::at(required("t1", &["push"])).check(
        [
            person(send_code()),
            org(push("t2")),
            Input::Seconds(3),
            Input::Seconds(1),
            Input::Seconds(60),
            org(push("t3")),
            Input::Seconds(4),
            org(success()),
        ],
        &expect![[r#"
            StartChallenge
                POST /api/v1/authn/factors/opf1/verify {stateToken: t1} = MfaRequired Some(Push) busy
            reply 200 MFA_CHALLENGE t2 WAITING
                wait 1000 -> MfaChallenge Push waits
            3 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
            1 s
                = MfaChallenge Push waits
            60 s
                = MfaChallenge Push waits !PushSlow
            reply 200 MFA_CHALLENGE t3 WAITING
                wait 4000 = MfaChallenge Push waits ~PushSlow
            4 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t3} = MfaChallenge Push waits ~PushSlow
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn a_slow_phone_is_told_once_after_half_a_minute() {
    let mut harness = asked();
    for _ in 0..7 {
        harness = harness.then(Input::Seconds(4)).then(org(push("t2")));
    }
    harness.check(
        [Input::Seconds(1), Input::Seconds(1), Input::Seconds(2), org(push("t2")), person(Intent::Retry)],
        &expect![[r#"
            1 s
                = MfaChallenge Push waits
            1 s
                = MfaChallenge Push waits !PushSlow
            2 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits ~PushSlow
            reply 200 MFA_CHALLENGE t2 WAITING
                wait 4000 = MfaChallenge Push waits ~PushSlow
            Retry
                = MfaChallenge Push waits ~PushSlow
        "#]],
    );
}

#[test]
fn the_number_to_tap_comes_and_goes_where_the_screen_stands() {
    looked([
        (org(push_number("t2", 0)), "wait 4000 = MfaChallenge Push waits number=0"),
        (Input::Seconds(4), &format!("{LOOK} number=0")),
        (org(push_number("t2", 96)), "wait 4000 = MfaChallenge Push waits number=96"),
        (Input::Seconds(4), &format!("{LOOK} number=96")),
        (org(push("t2")), "wait 4000 = MfaChallenge Push waits"),
    ]);
}

#[test]
fn every_result_that_is_no_wait_ends_the_looks() {
    for (result, told) in [
        ("REJECTED", "PushRejected"),
        ("TIMEOUT", "PushTimedOut"),
        ("FAILED", "FactorFailed(None)"),
        ("CANCELLED", "FactorFailed(None)"),
        ("ERROR", "FactorFailed(None)"),
        ("PASSCODE_REPLAYED", "CodeUsed"),
        ("TIME_WINDOW_EXCEEDED", "CodeOutsideWindow"),
        ("HIT_BY_LIGHTNING", "FactorFailed(None)"),
    ] {
        let ended = format!("= MfaChallenge Push !{told}");
        let silent = format!("= MfaChallenge Push ~{told}");
        looked([
            (org(push_result("t2", result)), &*ended),
            (Input::Seconds(120), &*silent),
            (
                person(Intent::Resend),
                "POST /api/v1/authn/factors/opf1/verify/resend {stateToken: t2} = MfaChallenge Push busy",
            ),
            (org(push("t3")), "wait 1000 = MfaChallenge Push waits !PushSent"),
            (Input::Seconds(4), &format!("{} ~PushSent", LOOK.replace("t2", "t3"))),
        ]);
    }
    looked([(org(push_result("t2", "CHALLENGE")), "= MfaChallenge Push"), (Input::Seconds(60), "= MfaChallenge Push")]);
    let upgrade = push_result("t2", "REJECTED").with("factorResultMessage", "OKTA_VERIFY_UPGRADE_REQUIRED");
    looked([(org(upgrade), "= MfaChallenge Push !PushUpgrade")]);
    let words = push_result("t2", "FAILED").with("factorResultMessage", "No");
    looked([(org(words), "= MfaChallenge Push !FactorFailed(Some(\"No\"))")]);
}

/// Only a wait is looked at again, whatever the link is called.
#[test]
fn a_result_ends_the_looks_though_the_link_still_polls() {
    for result in ["REJECTED", "TIMEOUT", "CHALLENGE", "HIT_BY_LIGHTNING"] {
        let harness = asked().then(Input::Seconds(4)).then(org(push("t2").with("factorResult", result)));
        let polls = harness.newest();
        assert_eq!(harness.then(Input::Seconds(120)).newest(), polls, "{result}");
    }
}

#[test]
fn where_no_resend_is_offered_the_challenge_starts_over() {
    let refused = push_result("t2", "REJECTED").without("resend");
    looked([
        (org(refused), "= MfaChallenge Push !PushRejected"),
        (person(Intent::Resend), "POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push busy"),
        (org(push("t3")), "wait 1000 = MfaChallenge Push waits !PushSent"),
    ]);
    let silent = Harness::at(push("t2").without("resend"));
    silent.check(
        [person(Intent::Resend)],
        &expect![[r#"
        Resend
            = MfaChallenge Push waits
    "#]],
    );
}

#[test]
fn looks_that_fail_back_off_and_are_given_up_with_a_way_on() {
    for (lost, told) in [
        (Err(TransportError::Offline), "PollLost"),
        (Err(TransportError::TimedOut), "PollLost"),
        (Err(TransportError::OtherPage), "OtherPage"),
        (no_json(200), "Unexpected"),
    ] {
        let mut harness = asked().then(Input::Seconds(4));
        for seconds in [1, 2, 4, 8, 16] {
            harness = harness.then(Input::Org(lost.clone()));
            let polls = harness.newest();
            harness = harness.then(Input::Seconds(seconds - 1));
            assert_eq!((harness.newest(), harness.screen().busy), (polls, false), "{seconds} s");
            harness = harness.then(Input::Seconds(1));
            assert_eq!(harness.newest(), polls + 1, "{seconds} s");
        }
        harness.run([
            (Input::Org(lost.clone()), &*format!("= MfaChallenge Push waits !{told} or Retry")),
            (Input::Seconds(600), &*format!("= MfaChallenge Push waits ~{told} or Retry")),
            (person(Intent::Retry), "wait 1000 = MfaChallenge Push waits"),
            (Input::Seconds(4), LOOK),
            (org(success()), LEAVES),
        ]);
    }
}

#[test]
fn a_good_answer_forgets_the_looks_that_failed() {
    let lost = || Input::Org(Err(TransportError::Unreachable));
    looked([
        (lost(), "wait 1000 = MfaChallenge Push waits"),
        (Input::Seconds(1), LOOK),
        (lost(), "wait 2000 = MfaChallenge Push waits"),
        (Input::Seconds(2), LOOK),
        (org(push("t2")), "wait 4000 = MfaChallenge Push waits"),
        (Input::Seconds(4), LOOK),
        (lost(), "wait 1000 = MfaChallenge Push waits"),
    ]);
}

#[test]
fn a_poll_that_is_refused_is_not_repeated_by_itself() {
    looked([
        (Input::Org(error(403, "E0000006")), "= MfaChallenge Push waits emptied !NotAllowed #oae1 or Retry"),
        (Input::Seconds(600), "= MfaChallenge Push waits ~NotAllowed #oae1 or Retry"),
        (person(Intent::Retry), "wait 1000 = MfaChallenge Push waits"),
        (Input::Seconds(4), LOOK),
        (Input::Org(error(401, "E0000011")), "-> Start jeff !SignInTimedOut"),
    ]);
    looked([
        (Input::Org(error(403, "E0000079")), "POST /api/v1/authn {stateToken: t2} = MfaChallenge Push waits busy"),
        (org(push("t3")), "wait 1000 -> MfaChallenge Push waits"),
    ]);
    looked([(Input::Org(error(403, "E0000069")), "-> Start jeff !LockedOut")]);
}

#[test]
fn a_page_out_of_sight_looks_five_times_more_rarely() {
    asked().check(
        [
            visibility(false),
            Input::Seconds(19),
            Input::Seconds(1),
            org(push("t2")),
            Input::Seconds(5),
            visibility(true),
            Input::Seconds(1),
            visibility(false),
            org(push("t2")),
        ],
        &expect![[r#"
            the page is hidden
                wait 5000 = MfaChallenge Push waits
            19 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
            1 s
                = MfaChallenge Push waits
            reply 200 MFA_CHALLENGE t2 WAITING
                = MfaChallenge Push waits
            5 s
                = MfaChallenge Push waits
            the page is shown
                wait 500 = MfaChallenge Push waits
            1 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
            the page is hidden
                = MfaChallenge Push waits
            reply 200 MFA_CHALLENGE t2 WAITING
                = MfaChallenge Push waits
        "#]],
    );
}

#[test]
fn the_apps_code_is_typed_where_the_push_is_waited_for() {
    let proved = "POST /api/v1/authn/factors/okta-totp1/verify {stateToken: t3, passCode: 123456} -> MfaRequired Some(Push) busy";
    // Wherever the push stands in the list.
    for list in [&["push", "okta-totp", "sms"][..], &["sms", "push", "okta-totp"]] {
        let harness = Harness::at(required("t1", list));
        let place = list.iter().position(|name| *name == "push").unwrap();
        harness.then(person(choose(place))).then(person(send_code())).then(org(push("t2"))).run([
            (person(code("123 456")), PREV),
            (org(required("t3", list)), proved),
            (Input::Org(error(403, "E0000068")), "= MfaRequired Some(Push) emptied !WrongCode"),
            (person(code("654321")), &proved.replace("->", "=").replace("123456", "654321")),
            (org(success()), LEAVES),
        ]);
    }
    // The app's code is typed in the list too.
    Harness::at(required("t3", &["push", "okta-totp"])).check([person(code("123456"))], &expect![[r#"
        Prove 123456
            POST /api/v1/authn/factors/okta-totp1/verify {stateToken: t3, passCode: 123456} = MfaRequired Some(Push) busy
    "#]]);
}

#[test]
fn the_apps_code_goes_nowhere_else() {
    asked().check(
        [person(code("123456")), org(required("t3", &["sms", "okta-totp"]))],
        &expect![[r#"
        Prove 123456
            POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Push waits busy
        reply 200 MFA_REQUIRED t3
            -> MfaRequired Some(Sms)
    "#]],
    );
    asked().check(
        [person(code("123456")), org(required("t3", &["push"]))],
        &expect![[r#"
        Prove 123456
            POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Push waits busy
        reply 200 MFA_REQUIRED t3
            -> MfaRequired Some(Push)
    "#]],
    );
    let alone = Harness::at(required("t1", &["push", "sms"])).then(person(send_code())).then(org(push("t2")));
    alone.check(
        [person(code("123456"))],
        &expect![[r#"
        Prove 123456
            = MfaChallenge Push waits
    "#]],
    );
    // Without a way back it is not kept for later.
    let no_prev = Harness::at(required("t1", &["push", "okta-totp"]))
        .then(person(send_code()))
        .then(org(push("t2").without("prev")));
    no_prev.check(
        [person(code("123456")), Input::Seconds(4), org(required("t3", &["push", "okta-totp"]))],
        &expect![[r#"
            Prove 123456
                = MfaChallenge Push waits
            4 s
                POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
            reply 200 MFA_REQUIRED t3
                -> MfaRequired Some(Push)
        "#]],
    );
}

#[test]
fn another_factor_ends_the_looks_at_once() {
    looked([
        (person(choose(1)), &*PREV.replacen("POST", "abort; POST", 1)),
        (Input::Seconds(60), &*PREV.split_once(" = ").map(|(_, shown)| format!("= {shown}")).unwrap()),
        (org(required("t3", &["push", "okta-totp", "sms"])), "-> MfaRequired Some(Sms)"),
        (Input::Seconds(60), "= MfaRequired Some(Sms)"),
    ]);
}

/// Some challenges have no way back: the choice is not kept for a list that comes by itself.
#[test]
fn another_factor_is_not_chosen_where_nothing_leads_back() {
    let list = || required("t1", &["push", "sms"]);
    let harness = Harness::at(list()).then(person(send_code())).then(org(push("t2").without("prev")));
    harness.check(
        [person(choose(1)), Input::Seconds(4), org(list())],
        &expect![[r#"
        Choose 1
            = MfaChallenge Push waits
        4 s
            POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
        reply 200 MFA_REQUIRED t1
            -> MfaRequired Some(Push)
    "#]],
    );
}

fn wants_auto_push(token: &str, factors: &[&str]) -> Body {
    let policy = json!({"allowRememberDevice": false, "factorsPolicyInfo": {"opf1": {"autoPushEnabled": true},
        "sms1": {"autoPushEnabled": true}}});
    required(token, factors).embed("policy", policy)
}

#[test]
fn a_push_starts_by_itself_once_where_the_person_wants_that() {
    let harness = Harness::at_start(&[]).then(person(crate::harness::sign_in("jeff", "pw")));
    harness.check(
        [
            org(wants_auto_push("t1", &["push", "sms"])),
            org(push("t2")),
            Input::Seconds(4),
            person(Intent::Back),
            org(wants_auto_push("t3", &["push", "sms"])),
            // The next person's phone is asked again.
            person(Intent::Cancel),
            person(crate::harness::sign_in("jeff", "pw")),
            org(wants_auto_push("t1", &["push"])),
        ],
        &expect![[r#"
            reply 200 MFA_REQUIRED t1
                POST /api/v1/authn/factors/opf1/verify?autoPush=true {stateToken: t1} -> MfaRequired Some(Push) busy
            reply 200 MFA_CHALLENGE t2 WAITING
                wait 1000 -> MfaChallenge Push waits
            4 s
                POST /api/v1/authn/factors/opf1/verify?autoPush=true {stateToken: t2} = MfaChallenge Push waits
            Back
                abort; POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Push waits busy
            reply 200 MFA_REQUIRED t3
                -> MfaRequired Some(Push)
            Cancel
                POST /api/v1/authn/cancel {stateToken: t3} -> Start jeff
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
            reply 200 MFA_REQUIRED t1
                POST /api/v1/authn/factors/opf1/verify?autoPush=true {stateToken: t1} -> MfaRequired Some(Push) busy
        "#]],
    );
}

#[test]
fn nothing_else_starts_by_itself() {
    let mut other_id = wants_auto_push("t1", &["push"]);
    other_id.0["_embedded"]["factors"][0]["id"] = json!("ost1");
    other_id.0["_embedded"]["policy"]["factorsPolicyInfo"]["ost1"] = json!({"autoPushEnabled": true});
    for body in [required("t1", &["push"]), wants_auto_push("t1", &["sms", "push"]), other_id] {
        assert!(!Harness::at(body).screen().busy);
    }
}
