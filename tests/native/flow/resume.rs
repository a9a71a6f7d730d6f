//! A page that was opened with a token, or by the bundle of the first form: every state is taken up, spent
//! links are told, and nothing is lost on the way.

use crate::answers::{Body, ORG, activate, challenge, enroll, error, factor, no_json, ok, required, success, too_many};
use crate::stage::{LEAVES, Stage, Turn, org, person};
use crate::states::{
    activation, consent, device, device_ended, duo, duo_activation, leads_on, password, poll, push, push_activation,
    push_result, recovery_question, recovery_sent, redirect, redirect_activation, unauthenticated, webauthn,
    webauthn_activation,
};
use okta_authn_widget::authn::TransportError;
use okta_authn_widget::flow::step::Recovery;
use okta_authn_widget::flow::{Event, Intent, Onward, OnwardTo, Step};
use serde_json::json;

const BEGIN: Event = Event::Begin { remembered: None };
const ASKED: &str = "POST /api/v1/authn {stateToken: t0} = Resuming busy";

fn opened(option: &str) -> Stage {
    Stage::new(&[(option, "t0")])
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
        (push("t1"), "wait 4000 -> MfaChallenge Push waits"),
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
        (twin(push("t1"), "FACTOR_CHALLENGE"), "wait 4000 -> MfaChallenge Push waits"),
        (twin(enroll("t1", false), "FACTOR_ENROLL"), "-> MfaEnroll"),
        (twin(activate("t1"), "FACTOR_ENROLL_ACTIVATE"), "-> MfaEnrollActivate GoogleTotp with image"),
        (Body::of("PROFILE_REQUIRED", "t1"), "-> Unsupported PROFILE_REQUIRED"),
        (success(), LEAVES),
        (leads_on("original"), "go /login/step-up/redirect?stateToken=t9 -> Leaving"),
        (success().with("recoveryType", "UNLOCK"), "-> Start !Unlocked"),
    ]
}

#[test]
fn every_state_is_taken_up() {
    for (body, expected) in states() {
        // No look for a session is made first, so none needs to be closed.
        let stage = Stage::new(&[("state-token", "t0"), ("existing-session", "ignore")]);
        stage.play([(Turn::Event(BEGIN), ASKED), (org(body), expected)]);
    }
}

#[test]
fn the_tokens_of_mails_are_redeemed() {
    opened("recovery-token").play([
        (Turn::Event(BEGIN), "POST /api/v1/authn/recovery/token {recoveryToken: t0} = Resuming busy"),
        (org(recovery_question("t1")), "-> RecoveryQuestion"),
    ]);
    opened("activation-token").play([
        (Turn::Event(BEGIN), "POST /api/v1/authn {token: t0} = Resuming busy"),
        (org(password("PASSWORD_RESET", "t1").with("recoveryType", "ACCOUNT_ACTIVATION")), "-> Password Reset"),
    ]);
    let with_token =
        Body::of("RECOVERY", "").without("cancel").with("recoveryToken", "r1").next("recovery", "authn/recovery/token");
    opened("state-token").then(Turn::Event(BEGIN)).play([
        (org(with_token), "POST /api/v1/authn/recovery/token {recoveryToken: r1} -> Resuming busy"),
        (org(password("PASSWORD_RESET", "t1")), "-> Password Reset"),
    ]);
}

#[test]
fn spent_links_and_ended_transactions_are_told_as_such() {
    for (option, status, code, told) in [
        ("state-token", 401, "E0000011", "SignInTimedOut"),
        ("state-token", 401, "E0000004", "SignInTimedOut"),
        ("recovery-token", 401, "E0000011", "LinkSpent"),
        ("recovery-token", 403, "E0000105", "LinkSpent"),
        ("recovery-token", 403, "E0000110", "LinkSpent"),
        ("activation-token", 401, "E0000004", "LinkSpent"),
        ("activation-token", 401, "E0000011", "LinkSpent"),
    ] {
        let begun = opened(option).then(Turn::Event(BEGIN));
        let stage = begun.play([
            (Turn::Org(error(status, code)), &*format!("-> Start !{told}")),
            (person(Intent::Retry), &format!("= Start ~{told}")),
        ]);
        assert!(matches!(stage.screen().step, Step::Start(_)), "{option}");
    }
}

#[test]
fn what_cannot_be_taken_up_now_is_tried_again() {
    for (outcome, told) in [
        (Err(TransportError::Offline), "Offline"),
        (Err(TransportError::TimedOut), "NoAnswer"),
        (no_json(502), "ServerError"),
        (no_json(200), "Unexpected"),
    ] {
        opened("state-token").then(Turn::Event(BEGIN)).play([
            (Turn::Org(outcome), &*format!("= Resuming !{told} or Retry")),
            (person(Intent::Retry), ASKED),
            (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms)"),
        ]);
    }
    opened("state-token").then(Turn::Event(BEGIN)).play([
        (Turn::Org(error(403, "E0000006")), "= Resuming emptied !Org(Cause) #oae1"),
        (person(Intent::Cancel), "-> Start"),
    ]);
}

#[test]
fn a_rate_limit_while_taking_up_is_waited_out() {
    opened("state-token").then(Turn::Event(BEGIN)).play([
        (Turn::Org(too_many(None)), "wait 1000 = Resuming pause=2 !RateLimited #oae1"),
        (Turn::Seconds(1), "= Resuming pause=1 ~RateLimited #oae1"),
        (Turn::Seconds(1), ASKED),
        (Turn::Org(too_many(None)), "wait 1000 = Resuming pause=4 !RateLimited #oae1"),
        (person(Intent::Cancel), "-> Start pause=4"),
        (Turn::Seconds(60), "= Start"),
    ]);
}

#[test]
fn a_page_that_comes_back_forgets_what_the_last_sign_in_chose() {
    let remember = okta_authn_widget::authn::request::Preferences { remember_device: Some(true), auto_push: None };
    let stage = Stage::at(required("t1", &["sms"])).then(person(Intent::StartChallenge(remember)));
    assert_eq!(stage.screen().preferences, remember);
    let stage = stage.then(Turn::Event(Event::Restored { remembered: None }));
    assert_eq!(stage.screen().preferences, okta_authn_widget::authn::request::Preferences::default());
}

fn taken_over(to: OnwardTo) -> Turn {
    Turn::Event(Event::TakenOver(Onward { username: "jeff".to_owned(), keep_username: true, to }))
}

/// The body that goes from bundle to bundle.
fn value(body: Body) -> okta_authn_widget::authn::wire::Value {
    ok(body).unwrap().body.unwrap()
}

#[test]
fn what_the_first_form_hands_on_is_taken_over() {
    let key = "ask for the key -> MfaChallenge WebAuthn busy";
    for (to, expected) in [
        (OnwardTo::Answer(value(required("t1", &["sms"]))), "-> MfaRequired Some(Sms)"),
        (OnwardTo::Answer(value(webauthn("t1"))), key),
        (OnwardTo::Resumed(value(webauthn("t1"))), "-> MfaChallenge WebAuthn"),
        (OnwardTo::Resumed(value(push("t1"))), "wait 4000 -> MfaChallenge Push waits"),
        (OnwardTo::Recovery(Recovery::Password), "-> Recover Password jeff"),
        (OnwardTo::Recovery(Recovery::Unlock), "-> Recover Unlock jeff"),
        (OnwardTo::Answer(value(Body(json!({"status": 7})))), "-> Resuming !Unexpected"),
    ] {
        for options in [&[][..], &[("state-token", "t0")]] {
            let stage = Stage::new(options).play([(taken_over(to.clone()), expected)]);
            // The token was used by the first form.
            let stage = stage.then(person(Intent::Cancel));
            let Step::Start(start) = &stage.screen().step else { panic!("{:?}", stage.screen().step) };
            assert_eq!((start.username.as_str(), start.remembered), ("jeff", true));
        }
    }
}

#[test]
fn several_keys_are_one_entry_that_any_of_them_answers() {
    let mut list = required("t1", &["webauthn", "sms", "webauthn"]);
    let by_type = format!("{ORG}/api/v1/authn/factors/webauthn/verify");
    let next = json!({"name": "verify", "href": by_type});
    list.0["_embedded"]["factorTypes"] = json!([{"factorType": "webauthn", "_links": {"next": next}}]);
    let asked = "POST /api/v1/authn/factors/webauthn/verify {stateToken: t1} = MfaRequired Some(WebAuthn) busy";
    let mut challenge = webauthn("t2").with("challengeType", "FACTOR_TYPE");
    challenge.0["_links"]["next"]["href"] = json!(by_type);
    challenge.0["_embedded"] = json!({"challenge": {"challenge": "K0UNqWlz2TCCDd5qEkBf"}, "factors": [factor("webauthn"), factor("webauthn")]});
    let stage = Stage::at(list);
    let Step::MfaRequired(step) = &stage.screen().step else { panic!("no list") };
    assert_eq!(step.factors.len(), 2);
    stage.play([
        (person(crate::stage::send_code()), asked),
        (org(challenge), "ask for the key -> MfaChallenge WebAuthn busy"),
        (crate::stage::proved(), "POST /api/v1/authn/factors/webauthn/verify {stateToken: t2, authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = MfaChallenge WebAuthn busy"),
    ]);
}
