//! Proving a factor: choosing, sending, typing, sending again, remembering, switching.

use crate::harness::{Harness, Input, activation, answer, code, org, person, send_code};
use crate::responses::{Body, challenge, error, remember_policy, required, success};
use expect_test::expect;
use okta_authn::Passcode;
use okta_authn::request::{Preferences, Proof};
use sign_in_flow::Intent;

fn three() -> Body {
    required("t1", &["sms", "question", "totp"])
}

/// An SMS was sent, and the other factors are known.
fn sms_sent() -> Harness {
    Harness::at(three()).then(person(send_code())).then(org(challenge("t2", "sms")))
}

#[test]
fn the_first_factor_is_the_default_and_choosing_asks_nobody() {
    Harness::at(three()).check(
        [person(Intent::Choose(2)), person(Intent::Choose(7)), person(Intent::Choose(0))],
        &expect![[r#"
            Choose 2
                -> MfaRequired Some(GoogleTotp)
            Choose 7
                = MfaRequired Some(GoogleTotp)
            Choose 0
                -> MfaRequired Some(Sms)
        "#]],
    );
    Harness::at(required("t1", &[])).check(
        [person(send_code())],
        &expect![[r#"
        StartChallenge
            = MfaRequired None
    "#]],
    );
}

#[test]
fn sms_is_sent_typed_and_accepted() {
    Harness::at(three()).check(
        [
            person(send_code()),
            org(challenge("t2", "sms")),
            person(code("  ")),
            person(code(" 12 34\u{a0}56 ")),
            Input::Org(error(403, "E0000068")),
            person(code("654321")),
            org(success()),
        ],
        &expect![[r#"
            StartChallenge
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 200 MFA_CHALLENGE t2
                wait 1000 -> MfaChallenge Sms resend=30
            Prove
                = MfaChallenge Sms resend=30 !Missing(Passcode)
            Prove  12 34 56
                POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 123456} = MfaChallenge Sms busy resend=30
            reply 403 E0000068
                = MfaChallenge Sms resend=30 emptied !WrongCode
            Prove 654321
                POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 654321} = MfaChallenge Sms busy resend=30
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn a_code_can_be_sent_again_after_thirty_seconds() {
    sms_sent().check(
        [
            person(Intent::Resend),
            Input::Seconds(1),
            Input::Seconds(28),
            person(Intent::Resend),
            Input::Seconds(1),
            Input::Seconds(5),
            person(Intent::Resend),
            org(challenge("t3", "sms")),
            Input::Seconds(30),
            person(Intent::Resend),
            Input::Org(error(429, "E0000109")),
            Input::Seconds(30),
        ],
        &expect![[r#"
            Resend
                = MfaChallenge Sms resend=30
            1 s
                = MfaChallenge Sms resend=29
            28 s
                = MfaChallenge Sms resend=1
            Resend
                = MfaChallenge Sms resend=1
            1 s
                = MfaChallenge Sms
            5 s
                = MfaChallenge Sms
            Resend
                POST /api/v1/authn/factors/sms1/verify/resend {stateToken: t2} = MfaChallenge Sms busy
            reply 200 MFA_CHALLENGE t3
                wait 1000 = MfaChallenge Sms resend=30 !CodeSent
            30 s
                = MfaChallenge Sms ~CodeSent
            Resend
                POST /api/v1/authn/factors/sms1/verify/resend {stateToken: t3} = MfaChallenge Sms busy
            reply 429 E0000109
                wait 1000 = MfaChallenge Sms resend=30 !TooSoon
            30 s
                = MfaChallenge Sms
        "#]],
    );
}

#[test]
fn an_email_can_be_sent_again_after_five() {
    let sent = Harness::at(required("t1", &["email"])).then(person(send_code())).then(org(challenge("t2", "email")));
    sent.check(
        [Input::Seconds(4), Input::Seconds(1)],
        &expect![[r#"
        4 s
            = MfaChallenge Email resend=1
        1 s
            = MfaChallenge Email
    "#]],
    );
}

#[test]
fn a_code_asked_for_too_soon_says_so_in_the_list_too() {
    for (name, kind, code) in [("sms", "Sms", "E0000109"), ("call", "Call", "E0000133"), ("email", "Email", "E0000118")]
    {
        let seconds = if name == "email" { 5 } else { 30 };
        let told = format!("wait 1000 -> MfaRequired Some({kind}) code sent resend={seconds} !TooSoon");
        let harness = Harness::at(required("t1", &[name])).then(person(send_code()));
        harness.run([(Input::Org(error(429, code)), &*told)]);
    }
}

#[test]
fn a_question_is_answered_as_typed() {
    Harness::at(required("t1", &["question"])).check(
        [
            person(answer("")),
            person(answer("a b ")),
            Input::Org(error(403, "E0000068")),
            person(answer("a b ")),
            org(success()),
        ],
        &expect![[r#"
            Prove answer
                = MfaRequired Some(Question) !Missing(Answer)
            Prove answer a b
                POST /api/v1/authn/factors/question1/verify {stateToken: t1, answer: a b } = MfaRequired Some(Question) busy
            reply 403 E0000068
                = MfaRequired Some(Question) emptied !WrongAnswer
            Prove answer a b
                POST /api/v1/authn/factors/question1/verify {stateToken: t1, answer: a b } = MfaRequired Some(Question) busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn an_authenticator_code_needs_no_challenge_and_another_factor_may_follow() {
    Harness::at(required("t1", &["totp"])).check(
        [
            person(code("123 456")),
            Input::Org(error(403, "E0000082")),
            person(code("123456")),
            Input::Org(error(403, "E0000083")),
            person(code("123456")),
            org(required("t2", &["question"])),
            person(answer("x")),
        ],
        &expect![[r#"
            Prove 123 456
                POST /api/v1/authn/factors/totp1/verify {stateToken: t1, passCode: 123456} = MfaRequired Some(GoogleTotp) busy
            reply 403 E0000082
                = MfaRequired Some(GoogleTotp) emptied !CodeUsed
            Prove 123456
                POST /api/v1/authn/factors/totp1/verify {stateToken: t1, passCode: 123456} = MfaRequired Some(GoogleTotp) busy
            reply 403 E0000083
                = MfaRequired Some(GoogleTotp) emptied !CodeOutsideWindow
            Prove 123456
                POST /api/v1/authn/factors/totp1/verify {stateToken: t1, passCode: 123456} = MfaRequired Some(GoogleTotp) busy
            reply 200 MFA_REQUIRED t2
                -> MfaRequired Some(Question)
            Prove answer x
                POST /api/v1/authn/factors/question1/verify {stateToken: t2, answer: x} = MfaRequired Some(Question) busy
        "#]],
    );
}

fn remembering(remember: bool) -> Preferences {
    Preferences { remember_device: Some(remember), auto_push: None }
}

#[test]
fn remembering_the_device_is_a_query_on_start_and_proof() {
    let prove =
        |remember| Intent::Prove { proof: Proof::Passcode(Passcode::new("1")), preferences: remembering(remember) };
    let list = three().embed("policy", remember_policy(true));
    let harness = Harness::at(list).check(
        [
            person(Intent::StartChallenge(remembering(true))),
            org(challenge("t2", "sms")),
            person(prove(false)),
            Input::Org(error(403, "E0000068")),
        ],
        &expect![[r#"
            StartChallenge remember=true
                POST /api/v1/authn/factors/sms1/verify?rememberDevice=true {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 200 MFA_CHALLENGE t2
                wait 1000 -> MfaChallenge Sms resend=30
            Prove 1 remember=false
                POST /api/v1/authn/factors/sms1/verify?rememberDevice=false {stateToken: t2, passCode: 1} = MfaChallenge Sms busy resend=30
            reply 403 E0000068
                = MfaChallenge Sms resend=30 emptied !WrongCode
        "#]],
    );
    assert_eq!(harness.preferences(), remembering(false), "the box stays as the person left it");
    let harness = harness.check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t2} -> Start jeff
    "#]],
    );
    assert_eq!(harness.preferences(), Preferences::default());
}

#[test]
fn a_challenge_is_left_by_prev_before_another_factor_is_chosen() {
    let back = required("t3", &["question", "totp", "sms"]);
    sms_sent().check(
        [person(Intent::Choose(2)), org(back.clone()), person(code("1"))],
        &expect![[r#"
        Choose 2
            POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30
        reply 200 MFA_REQUIRED t3
            -> MfaRequired Some(GoogleTotp)
        Prove 1
            POST /api/v1/authn/factors/totp1/verify {stateToken: t3, passCode: 1} = MfaRequired Some(GoogleTotp) busy
    "#]],
    );
    sms_sent().check(
        [person(Intent::Back), org(back)],
        &expect![[r#"
        Back
            POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30
        reply 200 MFA_REQUIRED t3
            -> MfaRequired Some(Question)
    "#]],
    );
}

#[test]
fn a_choice_that_was_given_up_is_forgotten() {
    let list = || org(required("t3", &["sms", "question", "totp"]));
    sms_sent().check(
        [person(Intent::Choose(2)), person(Intent::Back), list()],
        &expect![[r#"
        Choose 2
            POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30
        Back
            abort; POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30
        reply 200 MFA_REQUIRED t3
            -> MfaRequired Some(Sms)
    "#]],
    );
    sms_sent().check(
        [person(Intent::Choose(2)), Input::Org(error(500, "E0000009")), person(code("1")), list()],
        &expect![[r#"
            Choose 2
                POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30
            reply 500 E0000009
                = MfaChallenge Sms resend=30 !ServerError #oae1 or Retry
            Prove 1
                POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 1} = MfaChallenge Sms busy resend=30
            reply 200 MFA_REQUIRED t3
                -> MfaRequired Some(Sms)
        "#]],
    );
}

#[test]
fn cancel_starts_over_at_once_and_tells_the_org() {
    sms_sent().check(
        [person(Intent::Cancel), Input::Seconds(40)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t2} -> Start jeff
        40 s
            = Start jeff
    "#]],
    );
    let silent = challenge("t2", "sms").without("cancel");
    Harness::at(silent).check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            -> Start jeff
    "#]],
    );
}

#[test]
fn codes_are_sent_in_ascii_digits() {
    let sms = || Harness::at(required("t1", &["sms"])).then(person(send_code())).then(org(challenge("t2", "sms")));
    for typed in ["123-456", "１２３４５６", "١٢٣ ٤٥٦", "۱۲۳۴۵۶"] {
        sms().run([(
            person(code(typed)),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 123456} = MfaChallenge Sms busy resend=30",
        )]);
    }
    // A PIN is what its owner chose.
    Harness::at(required("t1", &["rsa"])).run([(
        person(code("ab-1 ２")),
        "POST /api/v1/authn/factors/rsa1/verify {stateToken: t1, passCode: ab-1２} = MfaRequired Some(Rsa) busy",
    )]);
    Harness::at(crate::states::activation("t1", "totp")).run([(
        person(activation("１２３-４５６")),
        "POST /api/v1/authn/factors/totp1/lifecycle/activate {stateToken: t1, passCode: 123456} = MfaEnrollActivate GoogleTotp busy",
    )]);
}
