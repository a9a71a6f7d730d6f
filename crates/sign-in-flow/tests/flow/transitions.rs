//! Every transition of docs/authn-api.md#transitions, as a pair: the state an answer comes to, what the person does
//! there, and the state that follows. What is sent on the way is told by the other runs.

use crate::harness::{
    Harness, Input, activation, answer, code, new_password, open_recovery, org, person, send_code, sign_in,
};
use crate::responses::{Body, activate, challenge, enroll, required, success};
use crate::states::{
    consent, device, device_ended, enrollable, password, poll, push, push_activation, recovery_mailed,
    recovery_question, recovery_sent, success_with_link, unauthenticated,
};
use okta_authn::request::EnrollRequest;
use okta_authn::{Channel, Passcode, SecurityAnswer};
use sign_in_flow::Intent;

fn locked() -> Body {
    Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock")
}

/// What an answer leads to, by the name of its step.
fn after(status: &str) -> (Body, &'static str) {
    match status {
        "MFA_REQUIRED" => (required("n", &["totp"]), "MfaRequired"),
        "MFA_CHALLENGE" => (challenge("n", "sms"), "MfaChallenge"),
        "MFA_ENROLL" => (enroll("n", false), "MfaEnroll"),
        "MFA_ENROLL_ACTIVATE" => (activate("n"), "MfaEnrollActivate"),
        "PASSWORD_EXPIRED" | "PASSWORD_WARN" | "PASSWORD_RESET" => (password(status, "n"), "Password"),
        "LOCKED_OUT" => (locked(), "Start"),
        "RECOVERY" => (recovery_question("n"), "RecoveryQuestion"),
        "RECOVERY_CHALLENGE" => (recovery_sent("n", "SMS"), "RecoveryChallenge"),
        "RECOVERY_CHALLENGE by mail" => (recovery_mailed(), "RecoveryChallenge"),
        "CONSENT_REQUIRED" => (consent("n", true), "Consent"),
        "SUCCESS" => (success(), "Leaving"),
        "SUCCESS by a link" => (success(), "Confirm"),
        "SUCCESS of a step-up" => (success_with_link("next").with("type", "SESSION_STEP_UP"), "Leaving"),
        "SUCCESS of an unlock" => (success().with("recoveryType", "UNLOCK"), "Start"),
        "SUCCESS of a device" => (device_ended("DEVICE_ACTIVATED"), "DeviceEnding"),
        other => panic!("{other}"),
    }
}

fn start() -> Harness {
    Harness::at_start(&[("existing-session", "ignore")])
}

fn at(body: Body) -> Harness {
    start().then(person(sign_in("jeff", "pw"))).then(org(body))
}

fn opened(option: &'static str) -> Harness {
    Harness::at_start(&[(option, "t0"), ("existing-session", "ignore")])
}

/// A harness, what happens there, and every state that may follow.
type Line = (fn() -> Harness, Input, &'static [&'static str]);

const CREDENTIALS: &[&str] =
    &["MFA_REQUIRED", "PASSWORD_EXPIRED", "PASSWORD_WARN", "MFA_ENROLL", "LOCKED_OUT", "SUCCESS", "CONSENT_REQUIRED"];
const PROOF: &[&str] =
    &["PASSWORD_EXPIRED", "PASSWORD_WARN", "MFA_ENROLL", "MFA_REQUIRED", "SUCCESS", "SUCCESS of a step-up"];
const ENROLLED: &[&str] = &["MFA_ENROLL", "SUCCESS"];
const CHANGED: &[&str] = &["MFA_ENROLL", "MFA_REQUIRED", "SUCCESS"];

#[test]
fn every_state_leads_to_each_that_may_follow() {
    let token = EnrollRequest::Passcode(Passcode::new("ccc"));
    let security_answer = Intent::Answer(SecurityAnswer::new("a"));
    let recover = Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms };
    let yubikey = enrollable("t1", &["yubikey"]);
    let form = at(yubikey).then(person(Intent::Enroll(0)));
    let table: Vec<Line> = vec![
        (start, person(sign_in("jeff", "pw")), CREDENTIALS),
        (|| opened("state-token").then(org(unauthenticated("t1"))), person(sign_in("jeff", "pw")), CREDENTIALS),
        (|| at(required("t1", &["sms", "totp", "question"])), person(send_code()), &["MFA_CHALLENGE"]),
        (|| at(required("t1", &["totp"])), person(code("1")), PROOF),
        (|| at(required("t1", &["question"])), person(answer("a")), PROOF),
        (|| at(challenge("t1", "sms")), person(code("1")), PROOF),
        (|| at(push("t1")), Input::Seconds(4), PROOF),
        (|| at(challenge("t1", "sms")), person(Intent::Back), &["MFA_REQUIRED"]),
        (|| at(password("PASSWORD_EXPIRED", "t1")), person(new_password("o", "n", "n")), CHANGED),
        (|| at(password("PASSWORD_WARN", "t1")), person(new_password("o", "n", "n")), CHANGED),
        (|| at(password("PASSWORD_WARN", "t1")), person(Intent::Skip), CHANGED),
        (|| at(password("PASSWORD_RESET", "t1")), person(new_password("", "n", "n")), CHANGED),
        (|| at(enroll("t1", false)), person(Intent::Enroll(0)), &["MFA_ENROLL_ACTIVATE", "MFA_ENROLL", "SUCCESS"]),
        (|| at(enroll("t1", true).link("skip", "authn/skip")), person(Intent::Skip), &["SUCCESS"]),
        (|| at(activate("t1")), person(activation("1")), ENROLLED),
        (|| at(push_activation("t1")), Input::Seconds(6), ENROLLED),
        (|| at(activate("t1")), person(Intent::Back), &["MFA_ENROLL"]),
        (
            || start().then(person(open_recovery("jeff"))),
            person(recover),
            &["RECOVERY_CHALLENGE", "RECOVERY_CHALLENGE by mail"],
        ),
        (|| at(recovery_sent("t1", "SMS")), person(code("1")), &["RECOVERY", "PASSWORD_RESET", "SUCCESS of an unlock"]),
        (|| opened("recovery-token"), Input::Seconds(0), &["RECOVERY", "PASSWORD_RESET"]),
        (
            || opened("activation-token"),
            Input::Seconds(0),
            &["MFA_REQUIRED", "PASSWORD_RESET", "MFA_ENROLL", "SUCCESS by a link"],
        ),
        (|| at(recovery_question("t1")), person(security_answer), &["PASSWORD_RESET", "SUCCESS of an unlock"]),
        (|| at(consent("t1", true)), person(Intent::Consent(Vec::new())), &["SUCCESS of a step-up"]),
        (
            || at(device("t1")),
            person(Intent::ActivateDevice("A".to_owned())),
            &["CONSENT_REQUIRED", "SUCCESS of a device"],
        ),
        (|| at(poll("t1", 2_000)), Input::Seconds(2), &["SUCCESS", "MFA_REQUIRED"]),
    ];
    form.then(person(Intent::EnrollWith(token))).run([(org(enroll("n", true)), "-> MfaEnroll")]);
    let mut made = 0;
    for (place, (harness, effect, statuses)) in table.into_iter().enumerate() {
        for status in statuses {
            let (body, expected) = after(status);
            let harness = harness().then(effect.clone()).then(org(body));
            let screen = harness.screen();
            assert_eq!(harness.step_name(), expected, "line {place} to {status}");
            let over = ["Start", "Leaving", "Confirm", "DeviceEnding"].contains(&expected);
            let newest = screen.state_token();
            let carries = *status != "RECOVERY_CHALLENGE by mail" && !over;
            assert_eq!(newest.map(okta_authn::StateToken::expose), carries.then_some("n"), "line {place} to {status}");
            made += 1;
        }
    }
    assert!(made > 70, "{made}");
}

/// Factors one after another (docs/authn-api.md#transitions): the second list is a screen of its own.
#[test]
fn a_sequence_of_factors_goes_on_until_it_is_over() {
    at(required("t1", &["totp"])).then(person(code("1"))).run([
        (org(required("t2", &["question"])), "-> MfaRequired Some(Question)"),
        (
            person(answer("a")),
            "POST /api/v1/authn/factors/question1/verify {stateToken: t2, answer: a} = MfaRequired Some(Question) busy",
        ),
        (org(required("t3", &["sms"])), "-> MfaRequired Some(Sms)"),
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t3} -> Start jeff"),
    ]);
}
