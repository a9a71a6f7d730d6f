//! Proving a factor: choosing, sending, typing, sending again, remembering, switching.

use crate::answers::{Body, challenge, error, remember_policy, required, success};
use crate::stage::{LEAVES, Stage, Turn, answer, code, org, person, send_code};
use okta_authn_widget::authn::Passcode;
use okta_authn_widget::authn::request::{Preferences, Proof};
use okta_authn_widget::flow::Intent;

fn three() -> Body {
    required("t1", &["sms", "question", "totp"])
}

/// An SMS was sent, and the other factors are known.
fn sms_sent() -> Stage {
    Stage::at(three()).then(person(send_code())).then(org(challenge("t2", "sms")))
}

#[test]
fn the_first_factor_is_the_default_and_choosing_asks_nobody() {
    Stage::at(three()).play([
        (person(Intent::Choose(2)), "-> MfaRequired Some(GoogleTotp)"),
        (person(Intent::Choose(7)), "= MfaRequired Some(GoogleTotp)"),
        (person(Intent::Choose(0)), "-> MfaRequired Some(Sms)"),
    ]);
    Stage::at(required("t1", &[])).play([(person(send_code()), "= MfaRequired None")]);
}

#[test]
fn sms_is_sent_typed_and_accepted() {
    Stage::at(three()).play([
        (
            person(send_code()),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy",
        ),
        (org(challenge("t2", "sms")), "wait 1000 -> MfaChallenge Sms resend=30"),
        (person(code("  ")), "= MfaChallenge Sms resend=30 !Missing(Passcode)"),
        (
            person(code(" 12 34\u{a0}56 ")),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 123456} = MfaChallenge Sms busy resend=30",
        ),
        (Turn::Org(error(403, "E0000068")), "= MfaChallenge Sms resend=30 emptied !WrongCode #oae1"),
        (
            person(code("654321")),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 654321} = MfaChallenge Sms busy resend=30",
        ),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn a_code_can_be_sent_again_after_thirty_seconds() {
    let again = "POST /api/v1/authn/factors/sms1/verify/resend {stateToken: t2} = MfaChallenge Sms busy";
    sms_sent().play([
        (person(Intent::Resend), "= MfaChallenge Sms resend=30"),
        (Turn::Seconds(1), "= MfaChallenge Sms resend=29"),
        (Turn::Seconds(28), "= MfaChallenge Sms resend=1"),
        (person(Intent::Resend), "= MfaChallenge Sms resend=1"),
        (Turn::Seconds(1), "= MfaChallenge Sms"),
        (Turn::Seconds(5), "= MfaChallenge Sms"),
        (person(Intent::Resend), again),
        (org(challenge("t3", "sms")), "wait 1000 = MfaChallenge Sms resend=30 !CodeSent"),
        (Turn::Seconds(30), "= MfaChallenge Sms ~CodeSent"),
        (person(Intent::Resend), &again.replace("t2", "t3")),
        (Turn::Org(error(429, "E0000109")), "wait 1000 = MfaChallenge Sms resend=30 !TooSoon #oae1"),
        (Turn::Seconds(30), "= MfaChallenge Sms ~TooSoon #oae1"),
    ]);
}

#[test]
fn an_email_can_be_sent_again_after_five() {
    let sent = Stage::at(required("t1", &["email"])).then(person(send_code())).then(org(challenge("t2", "email")));
    sent.play([(Turn::Seconds(4), "= MfaChallenge Email resend=1"), (Turn::Seconds(1), "= MfaChallenge Email")]);
}

#[test]
fn a_code_asked_for_too_soon_says_so_in_the_list_too() {
    for (name, kind, code) in [("sms", "Sms", "E0000109"), ("call", "Call", "E0000133"), ("email", "Email", "E0000118")]
    {
        let seconds = if name == "email" { 5 } else { 30 };
        let told = format!("wait 1000 = MfaRequired Some({kind}) resend={seconds} !TooSoon #oae1");
        let stage = Stage::at(required("t1", &[name])).then(person(send_code()));
        stage.play([(Turn::Org(error(429, code)), &*told)]);
    }
}

#[test]
fn a_question_is_answered_as_typed() {
    let asked =
        "POST /api/v1/authn/factors/question1/verify {stateToken: t1, answer: a b } = MfaRequired Some(Question) busy";
    Stage::at(required("t1", &["question"])).play([
        (person(answer("")), "= MfaRequired Some(Question) !Missing(Answer)"),
        (person(answer("a b ")), asked),
        (Turn::Org(error(403, "E0000068")), "= MfaRequired Some(Question) emptied !WrongAnswer #oae1"),
        (person(answer("a b ")), asked),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn an_authenticator_code_needs_no_challenge_and_another_factor_may_follow() {
    let asked = "POST /api/v1/authn/factors/totp1/verify {stateToken: t1, passCode: 123456} = MfaRequired Some(GoogleTotp) busy";
    Stage::at(required("t1", &["totp"])).play([
        (person(code("123 456")), asked),
        (Turn::Org(error(403, "E0000082")), "= MfaRequired Some(GoogleTotp) emptied !CodeUsed #oae1"),
        (person(code("123456")), asked),
        (Turn::Org(error(403, "E0000083")), "= MfaRequired Some(GoogleTotp) emptied !CodeOutsideWindow #oae1"),
        (person(code("123456")), asked),
        (org(required("t2", &["question"])), "-> MfaRequired Some(Question)"),
        (
            person(answer("x")),
            "POST /api/v1/authn/factors/question1/verify {stateToken: t2, answer: x} = MfaRequired Some(Question) busy",
        ),
    ]);
}

fn remembering(remember: bool) -> Preferences {
    Preferences { remember_device: Some(remember), auto_push: None }
}

#[test]
fn remembering_the_device_is_a_query_on_start_and_proof() {
    let prove =
        |remember| Intent::Prove { proof: Proof::Passcode(Passcode::new("1")), preferences: remembering(remember) };
    let list = three().embed("policy", remember_policy(true));
    let stage = Stage::at(list).play([
        (
            person(Intent::StartChallenge(remembering(true))),
            "POST /api/v1/authn/factors/sms1/verify?rememberDevice=true {stateToken: t1} = MfaRequired Some(Sms) busy",
        ),
        (org(challenge("t2", "sms")), "wait 1000 -> MfaChallenge Sms resend=30"),
        (
            person(prove(false)),
            "POST /api/v1/authn/factors/sms1/verify?rememberDevice=false {stateToken: t2, passCode: 1} = MfaChallenge Sms busy resend=30",
        ),
        (Turn::Org(error(403, "E0000068")), "= MfaChallenge Sms resend=30 emptied !WrongCode #oae1"),
    ]);
    assert_eq!(stage.screen().preferences, remembering(false), "the box stays as the person left it");
    let stage = stage.play([(person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t2} -> Start jeff")]);
    assert_eq!(stage.screen().preferences, Preferences::default());
}

#[test]
fn a_challenge_is_left_by_prev_before_another_factor_is_chosen() {
    let prev = "POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30";
    let back = required("t3", &["question", "totp", "sms"]);
    sms_sent().play([
        (person(Intent::Choose(2)), prev),
        (org(back.clone()), "-> MfaRequired Some(GoogleTotp)"),
        (
            person(code("1")),
            "POST /api/v1/authn/factors/totp1/verify {stateToken: t3, passCode: 1} = MfaRequired Some(GoogleTotp) busy",
        ),
    ]);
    sms_sent().play([(person(Intent::Back), prev), (org(back), "-> MfaRequired Some(Question)")]);
}

#[test]
fn a_choice_that_was_given_up_is_forgotten() {
    let prev = "POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Sms busy resend=30";
    let list = || org(required("t3", &["sms", "question", "totp"]));
    sms_sent().play([
        (person(Intent::Choose(2)), prev),
        (person(Intent::Back), &prev.replacen("POST", "abort; POST", 1)),
        (list(), "-> MfaRequired Some(Sms)"),
    ]);
    sms_sent().play([
        (person(Intent::Choose(2)), prev),
        (Turn::Org(error(500, "E0000009")), "= MfaChallenge Sms resend=30 !ServerError #oae1 or Retry"),
        (
            person(code("1")),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 1} = MfaChallenge Sms busy resend=30",
        ),
        (list(), "-> MfaRequired Some(Sms)"),
    ]);
}

#[test]
fn cancel_starts_over_at_once_and_tells_the_org() {
    sms_sent().play([
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t2} -> Start jeff"),
        (Turn::Seconds(40), "= Start jeff"),
    ]);
    let silent = challenge("t2", "sms").without("cancel");
    Stage::at(silent).play([(person(Intent::Cancel), "-> Start jeff")]);
}
