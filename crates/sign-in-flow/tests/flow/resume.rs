//! A page that was opened with a token, or by the bundle of the first form: every state is taken up, spent
//! links are told, and nothing is lost on the way.

use crate::harness::{Harness, Input, T0, org, person, proved, send_code, settings};
use crate::responses::{
    Body, ORG, activate, challenge, enroll, error, factor, no_json, ok, required, success, too_many,
};
use crate::states::{
    activation, consent, device, device_ended, duo, duo_activation, password, poll, push, push_activation, push_result,
    recovery_question, recovery_sent, redirect, redirect_activation, success_with_link, unauthenticated, webauthn,
    webauthn_activation,
};
use expect_test::expect;
use okta_authn::TransportError;
use serde_json::json;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::verify::VerifyStep;
use sign_in_flow::{Event, HandoffTo, Intent, StartMachine, StartStep, Step, TransactionStep};
use std::rc::Rc;

const BEGIN: Event = Event::Begin { remembered: None };
const ASKED: &str = "POST /api/v1/authn {stateToken: t0} = Resuming busy";

fn opened(option: &str) -> Harness {
    Harness::new(&[(option, "t0")])
}

/// A body of every state that a token can be in, and what it is taken up with.
fn states() -> Vec<(Body, &'static str)> {
    let late = activation("t1", "push").with("factorResult", "TIMEOUT");
    let failed = redirect("t1", "oidc").with("factorResult", "FAILED");
    let twin = |body: Body, status: &str| body.with("status", status);
    vec![
        (unauthenticated("t1"), "-> Start"),
        (password("PASSWORD_WARN", "t1"), "-> Password ExpiresIn(Some(3))"),
        (password("PASSWORD_EXPIRED", "t1"), "-> Password Expired"),
        (password("PASSWORD_RESET", "t1"), "-> Password Reset"),
        (recovery_question("t1"), "-> RecoveryQuestion"),
        (recovery_sent("t1", "CALL"), "wait 1000 -> RecoveryChallenge Call resend=30"),
        (Body::of("LOCKED_OUT", ""), "-> Start !LockedOut"),
        (required("t1", &["sms", "push"]), "-> MfaRequired Some(Sms)"),
        (challenge("t1", "sms"), "wait 1000 -> MfaChallenge Sms resend=30"),
        (push("t1"), "wait 1000 -> MfaChallenge Push waits"),
        (push_result("t1", "REJECTED"), "-> MfaChallenge Push !PushRejected"),
        (webauthn("t1"), "-> MfaChallenge WebAuthn"),
        (duo("t1"), "ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y -> MfaChallenge Duo waits"),
        (redirect("t1", "saml"), "-> MfaChallenge Redirect"),
        (failed, "-> MfaChallenge Redirect !FactorFailed(None)"),
        (enroll("t1", false), "-> MfaEnroll"),
        (activate("t1"), "-> MfaEnrollActivate GoogleTotp with image"),
        (push_activation("t1"), "wait 6000 -> MfaEnrollActivate Push with image"),
        (late, "-> MfaEnrollActivate Push !QrExpired"),
        (webauthn_activation("t1"), "-> MfaEnrollActivate WebAuthn"),
        (duo_activation("t1"), "ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y -> MfaEnrollActivate Duo"),
        (redirect_activation("t1", "claims"), "-> MfaEnrollActivate Redirect"),
        (consent("t1", false), "-> Consent"),
        (device("t1"), "-> DeviceActivate"),
        (device_ended("DEVICE_ACTIVATED"), "-> DeviceEnding Activated"),
        (poll("t1", 3_000), "wait 3000 -> Poll"),
        (twin(required("t1", &["sms"]), "FACTOR_REQUIRED"), "-> MfaRequired Some(Sms)"),
        (twin(push("t1"), "FACTOR_CHALLENGE"), "wait 1000 -> MfaChallenge Push waits"),
        (twin(enroll("t1", false), "FACTOR_ENROLL"), "-> MfaEnroll"),
        (twin(activate("t1"), "FACTOR_ENROLL_ACTIVATE"), "-> MfaEnrollActivate GoogleTotp with image"),
        (Body::of("PROFILE_REQUIRED", "t1"), "-> Unsupported PROFILE_REQUIRED"),
        (success(), "-> Confirm jeff after nobody"),
        (success_with_link("original"), "-> Confirm jeff after nobody"),
        (success().with("recoveryType", "UNLOCK"), "-> Start !Unlocked"),
    ]
}

#[test]
fn every_state_is_taken_up() {
    for (body, expected) in states() {
        // No session look-up is made first, so none needs to be closed.
        let harness = Harness::new(&[("state-token", "t0"), ("existing-session", "ignore")]);
        harness.run([(Input::Event(BEGIN), ASKED), (org(body), expected)]);
    }
}

#[test]
fn the_tokens_of_mails_are_redeemed() {
    opened("recovery-token").check(
        [Input::Event(BEGIN), org(recovery_question("t1"))],
        &expect![[r#"
        begin
            POST /api/v1/authn/recovery/token {recoveryToken: t0} = Resuming busy
        reply 200 RECOVERY t1
            -> RecoveryQuestion
    "#]],
    );
    let listing = Harness::new(&[("recovery-token", "t0"), ("multi-optional-factor-enroll", "")]);
    listing.run([(
        Input::Event(BEGIN),
        "POST /api/v1/authn/recovery/token {recoveryToken: t0, options: {multiOptionalFactorEnroll: true}} = Resuming busy",
    )]);
    opened("activation-token").check(
        [Input::Event(BEGIN), org(password("PASSWORD_RESET", "t1").with("recoveryType", "ACCOUNT_ACTIVATION"))],
        &expect![[r#"
            begin
                POST /api/v1/authn {token: t0} = Resuming busy
            reply 200 PASSWORD_RESET t1
                -> Password Reset
        "#]],
    );
    let with_token =
        Body::of("RECOVERY", "").without("cancel").with("recoveryToken", "r1").next("recovery", "authn/recovery/token");
    opened("state-token").then(Input::Event(BEGIN)).check(
        [org(with_token), org(password("PASSWORD_RESET", "t1"))],
        &expect![[r#"
            reply 200 RECOVERY
                POST /api/v1/authn/recovery/token {recoveryToken: r1} -> Resuming busy
            reply 200 PASSWORD_RESET t1
                -> Password Reset
        "#]],
    );
}

#[test]
fn spent_links_and_ended_transactions_are_told_as_such() {
    for (option, status, code, told) in [
        ("state-token", 401, "E0000011", "SignInTimedOut"),
        ("state-token", 401, "E0000004", "SignInTimedOut"),
        ("recovery-token", 401, "E0000011", "LinkSpent(recover)"),
        ("recovery-token", 403, "E0000105", "LinkSpent(recover)"),
        ("recovery-token", 403, "E0000110", "LinkSpent(recover)"),
        ("activation-token", 401, "E0000004", "LinkSpent"),
        ("activation-token", 401, "E0000011", "LinkSpent"),
    ] {
        let begun = opened(option).then(Input::Event(BEGIN));
        let harness = begun.run([
            (Input::Org(error(status, code)), &*format!("-> Start !{told}")),
            (person(Intent::Retry), &format!("= Start ~{told}")),
        ]);
        assert!(harness.is_at_start(), "{option}");
    }
}

#[test]
fn what_cannot_be_taken_up_now_is_tried_again() {
    for (outcome, told) in [
        (Err(TransportError::Offline), "Offline"),
        (Err(TransportError::TimedOut), "NoAnswer"),
        (Err(TransportError::OtherPage), "OtherPage"),
        (no_json(502), "ServerError"),
        (no_json(200), "Unexpected"),
    ] {
        opened("state-token").then(Input::Event(BEGIN)).run([
            (Input::Org(outcome), &*format!("= Resuming !{told} or Retry")),
            (person(Intent::Retry), ASKED),
            (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms)"),
        ]);
    }
    opened("state-token").then(Input::Event(BEGIN)).check(
        [Input::Org(error(403, "E0000006")), person(Intent::Cancel)],
        &expect![[r#"
            reply 403 E0000006
                = Resuming emptied !Failed #oae1
            Cancel
                -> Start
        "#]],
    );
}

#[test]
fn a_rate_limit_while_taking_up_is_waited_out() {
    opened("state-token").then(Input::Event(BEGIN)).check(
        [
            Input::Org(too_many(None)),
            Input::Seconds(1),
            Input::Seconds(1),
            Input::Org(too_many(None)),
            person(Intent::Cancel),
            Input::Seconds(60),
        ],
        &expect![[r#"
            reply 429 E0000047
                wait 1000 = Resuming pause=2 !RateLimited
            1 s
                = Resuming pause=1 ~RateLimited
            1 s
                POST /api/v1/authn {stateToken: t0} = Resuming busy
            reply 429 E0000047
                wait 1000 = Resuming pause=4 !RateLimited
            Cancel
                -> Start pause=4
            60 s
                = Start
        "#]],
    );
}

#[test]
fn a_handoff_of_the_start_machine_is_continued() {
    let response = |body: Body| ok(body).unwrap();
    let key = "ask for the key -> MfaChallenge WebAuthn busy";
    for (to, expected) in [
        (HandoffTo::Response(response(required("t1", &["sms"]))), "-> MfaRequired Some(Sms)"),
        (HandoffTo::Response(response(webauthn("t1"))), key),
        (HandoffTo::Resumed(response(webauthn("t1"))), "-> MfaChallenge WebAuthn"),
        (HandoffTo::Resumed(response(push("t1"))), "wait 1000 -> MfaChallenge Push waits"),
        (HandoffTo::Recovery(Recovery::Password), "-> Recover Password jeff"),
        (HandoffTo::Recovery(Recovery::Unlock), "-> Recover Unlock jeff"),
        (HandoffTo::Response(response(Body(json!({"status": 7})))), "return to start -> Returned"),
    ] {
        for attributes in [&[][..], &[("state-token", "t0")]] {
            let (mut harness, line) = Harness::transaction_alone(attributes, to.clone());
            assert_eq!(line, expected);
            harness.input(person(Intent::Cancel));
            let returned = harness.returned().cloned();
            // The token of the page is used up.
            let mut start = StartMachine::new(Rc::new(settings(attributes)), Some("jeff".to_owned()));
            start.handle(Event::Returned(Box::new(returned.unwrap())), T0);
            let StartStep::Form(form) = start.step() else { panic!("{:?}", start.step()) };
            assert_eq!((form.username.as_str(), form.remembered), ("jeff", true));
        }
    }
}

#[test]
fn several_keys_are_one_entry_that_any_of_them_answers() {
    let mut list = required("t1", &["webauthn", "sms", "webauthn"]);
    let by_type = format!("{ORG}/api/v1/authn/factors/webauthn/verify");
    let next = json!({"name": "verify", "href": by_type});
    list.0["_embedded"]["factorTypes"] = json!([{"factorType": "webauthn", "_links": {"next": next}}]);
    let mut challenge = webauthn("t2").with("challengeType", "FACTOR_TYPE");
    challenge.0["_links"]["next"]["href"] = json!(by_type);
    challenge.0["_embedded"] = json!({"challenge": {"challenge": "K0UNqWlz2TCCDd5qEkBf"}, "factors": [factor("webauthn"), factor("webauthn")]});
    let harness = Harness::at(list);
    let Step::Transaction(TransactionStep::Verify(verify)) = harness.step() else { panic!("no list") };
    let VerifyStep::Choose(step) = &verify.step else { panic!("no list") };
    assert_eq!(step.factors.len(), 2);
    harness.check([person(send_code()), org(challenge), proved()], &expect![[r#"
        StartChallenge
            POST /api/v1/authn/factors/webauthn/verify {stateToken: t1} = MfaRequired Some(WebAuthn) busy
        reply 200 MFA_CHALLENGE t2 CHALLENGE
            ask for the key -> MfaChallenge WebAuthn busy
        authenticator: assertion
            POST /api/v1/authn/factors/webauthn/verify {stateToken: t2, authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = MfaChallenge WebAuthn busy
    "#]]);
}
