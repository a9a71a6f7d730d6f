//! What an error leads to.

use crate::answers::{Body, activate, challenge, error, json_answer, no_json, ok, required, success, too_many};
use crate::stage::{DAWN, FORM_SENT, LEAVES, Stage, Turn, activation, answer, code, org, person, send_code, sign_in};
use okta_authn_widget::authn::{AuthnError, TransportError};
use okta_authn_widget::flow::Intent;
use serde_json::json;

fn signing_in() -> Stage {
    Stage::at_start(&[]).then(person(sign_in("jeff", "pw")))
}

fn proving_sms() -> Stage {
    Stage::at(challenge("t1", "sms")).then(Turn::Seconds(30)).then(person(code("1")))
}

#[test]
fn codes_of_the_org_become_notices() {
    let question = || Stage::at(required("t1", &["question"])).then(person(answer("x")));
    let activating = || Stage::at(activate("t1")).then(person(activation("1")));
    for (stage, status, code, expected) in [
        (signing_in(), 401, "E0000004", "= Start emptied !WrongCredentials #oae1"),
        (signing_in(), 403, "E0000085", "= Start emptied !Denied #oae1"),
        (signing_in(), 400, "E0000001", "= Start emptied !Org(Cause) #oae1"),
        (signing_in(), 403, "E9999999", "= Start emptied !Org(Cause) #oae1"),
        (signing_in(), 500, "E0000009", "= Start !ServerError #oae1 or submit again"),
        (signing_in(), 503, "E0000010", "= Start !ServerError #oae1 or submit again"),
        (proving_sms(), 403, "E0000068", "= MfaChallenge Sms emptied !WrongCode #oae1"),
        (proving_sms(), 403, "E0000082", "= MfaChallenge Sms emptied !CodeUsed #oae1"),
        (proving_sms(), 403, "E0000083", "= MfaChallenge Sms emptied !CodeOutsideWindow #oae1"),
        (proving_sms(), 403, "E0000069", "-> Start jeff !LockedOut"),
        (proving_sms(), 401, "E0000011", "-> Start jeff !SignInTimedOut"),
        (question(), 403, "E0000068", "= MfaRequired Some(Question) emptied !WrongAnswer #oae1"),
        (activating(), 403, "E0000068", "= MfaEnrollActivate GoogleTotp with image emptied !WrongCode #oae1"),
    ] {
        stage.play([(Turn::Org(error(status, code)), expected)]);
    }
}

#[test]
fn the_first_cause_speaks_before_the_summary() {
    for (body, expected) in [
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCauses": [{"errorSummary": "C"}]}), "!Org(C)"),
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCause": [{"errorSummary": "C"}]}), "!Org(C)"),
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCauses": [{"errorSummary": " "}]}), "!Org(S)"),
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCauses": [{"reason": "r"}]}), "!Org(S)"),
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCauses": "odd"}), "!Org(S)"),
        (json!({"errorCode": "E1", "errorSummary": "S", "errorCauses": []}), "!Org(S)"),
        (json!({"errorCode": "E1"}), "!Failed"),
    ] {
        signing_in().play([(Turn::Org(json_answer(400, body)), &*format!("= Start emptied {expected}"))]);
    }
}

#[test]
fn where_something_was_typed_the_form_is_submitted_again() {
    for (error, told) in [
        (TransportError::Offline, "!Offline"),
        (TransportError::Unreachable, "!Unreachable"),
        (TransportError::TimedOut, "!NoAnswer"),
    ] {
        signing_in().play([
            (Turn::Org(Err(error)), &*format!("= Start {told} or submit again")),
            (person(Intent::Retry), &*format!("= Start {} or submit again", told.replace('!', "~"))),
        ]);
        proving_sms().play([(Turn::Org(Err(error)), &*format!("= MfaChallenge Sms {told} or submit again"))]);
    }
}

#[test]
fn where_nothing_was_typed_retry_repeats_it() {
    let sent = "POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy";
    Stage::at(required("t1", &["sms"])).play([
        (person(send_code()), sent),
        (Turn::Org(Err(TransportError::TimedOut)), "= MfaRequired Some(Sms) !NoAnswer or Retry"),
        (person(Intent::Retry), sent),
        (Turn::Org(no_json(502)), "= MfaRequired Some(Sms) !ServerError or Retry"),
        (person(Intent::Retry), sent),
        (Turn::Org(no_json(200)), "= MfaRequired Some(Sms) !Unexpected or Retry"),
        (person(Intent::Retry), sent),
        (org(challenge("t2", "sms")), "wait 1000 -> MfaChallenge Sms resend=30"),
        (person(Intent::Retry), "= MfaChallenge Sms resend=30"),
    ]);
}

#[test]
fn answers_that_make_no_sense_are_told_as_such() {
    for (outcome, told) in [
        (no_json(200), "!Unexpected or submit again"),
        (no_json(404), "!Unexpected or submit again"),
        (no_json(302), "!Unexpected or submit again"),
        (no_json(500), "!ServerError or submit again"),
        (json_answer(500, json!({"error": "x"})), "!ServerError or submit again"),
        (json_answer(400, json!({"error": "x"})), "!Unexpected or submit again"),
        (json_answer(400, json!({"errorCode": 7})), "!Unexpected or submit again"),
        (json_answer(200, json!([])), "!Unexpected or submit again"),
        (json_answer(200, json!({})), "!Unexpected or submit again"),
        (json_answer(200, json!({"status": "MFA_REQUIRED"})), "!Unexpected or submit again"),
    ] {
        signing_in().play([(Turn::Org(outcome), &*format!("= Start {told}"))]);
    }
}

#[test]
fn a_malformed_state_is_named_by_its_path() {
    let broken = |change: fn(&mut serde_json::Value)| {
        let mut body = challenge("t1", "sms").0;
        change(&mut body);
        ok(Body(body)).unwrap().into_transaction()
    };
    for (result, path) in [
        (broken(|body| body["status"] = json!(1)), "status"),
        (broken(|body| body["stateToken"] = json!({})), "stateToken"),
        (broken(|body| body["expiresAt"] = json!("tomorrow")), "expiresAt"),
        (broken(|body| body["_embedded"] = json!(null)), "_embedded"),
        (broken(|body| body["_embedded"]["factor"] = json!("sms")), "_embedded.factor"),
        (broken(|body| body["_embedded"]["factor"]["factorType"] = json!(null)), "_embedded.factor.factorType"),
        (
            broken(|body| body["_embedded"]["factor"]["profile"] = json!({"phoneNumber": 1})),
            "_embedded.factor.profile.phoneNumber",
        ),
        (broken(|body| body["_links"]["next"] = json!("x")), "_links.next"),
        (broken(|body| body["_links"]["resend"][0]["href"] = json!(false)), "_links.resend[0].href"),
    ] {
        let Err(AuthnError::Decode(error)) = result else { panic!("{path}: {result:?}") };
        assert_eq!(error.path, path);
    }
}

#[test]
fn a_rate_limit_pauses_until_the_reset() {
    signing_in().play([
        (Turn::Org(too_many(Some(DAWN + 4_200))), "wait 1000 = Start pause=5 !RateLimited #oae1"),
        (person(sign_in("jeff", "pw")), "= Start pause=5 ~RateLimited #oae1"),
        (Turn::Seconds(4), "= Start pause=1 ~RateLimited #oae1"),
        (person(Intent::Retry), "= Start pause=1 ~RateLimited #oae1"),
        (Turn::Seconds(1), "= Start"),
        (person(sign_in("jeff", "pw")), FORM_SENT),
    ]);
    for (reset, pause) in [(DAWN, 2), (DAWN - 60_000, 2), (DAWN + 3_600_000, 300), (u64::MAX, 300)] {
        let told = format!("wait 1000 = Start pause={pause} !RateLimited #oae1");
        signing_in().play([(Turn::Org(too_many(Some(reset))), &*told)]);
    }
}

#[test]
fn without_a_reset_the_pause_doubles_until_an_answer_comes() {
    let mut stage = Stage::at(required("t1", &["sms"]));
    for seconds in [2, 4, 8, 16, 32, 32] {
        let told = format!("wait 1000 = MfaRequired Some(Sms) pause={seconds} !RateLimited #oae1");
        stage = stage
            .then(person(send_code()))
            .play([(Turn::Org(too_many(None)), &*told), (Turn::Seconds(seconds), "= MfaRequired Some(Sms)")]);
    }
    stage = stage.then(person(send_code())).then(org(challenge("t2", "sms"))).then(person(code("1")));
    stage.play([(Turn::Org(no_json(429)), "= MfaChallenge Sms resend=30 pause=2 !RateLimited")]);
}

#[test]
fn a_pause_keeps_nobody_from_leaving() {
    let paused = || proving_sms().then(Turn::Org(too_many(None)));
    paused().play([
        (person(code("1")), "= MfaChallenge Sms pause=2 ~RateLimited #oae1"),
        (person(Intent::Resend), "= MfaChallenge Sms pause=2 ~RateLimited #oae1"),
        (person(Intent::Back), "POST /api/v1/authn/previous {stateToken: t1} = MfaChallenge Sms busy pause=2"),
    ]);
    paused().play([
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff pause=2"),
        (Turn::Seconds(2), "= Start jeff"),
    ]);
}

#[test]
fn a_call_that_does_not_fit_asks_for_the_state_once() {
    let asked = "POST /api/v1/authn {stateToken: t1} = MfaChallenge Sms busy";
    proving_sms().play([
        (Turn::Org(error(403, "E0000079")), asked),
        (Turn::Org(error(403, "E0000079")), "= MfaChallenge Sms emptied !Org(Cause) #oae1"),
        (
            person(code("2")),
            "POST /api/v1/authn/factors/sms1/verify {stateToken: t1, passCode: 2} = MfaChallenge Sms busy",
        ),
        (Turn::Org(error(403, "E0000079")), asked),
        (org(required("t2", &["totp"])), "-> MfaRequired Some(GoogleTotp)"),
    ]);
    proving_sms().then(Turn::Org(error(403, "E0000079"))).play([(org(challenge("t2", "sms")), "-> MfaChallenge Sms")]);
    signing_in().play([(Turn::Org(error(403, "E0000079")), "= Start emptied !Org(Cause) #oae1")]);
}

#[test]
fn a_failed_question_for_the_state_offers_no_dead_button() {
    let enrolling = Stage::at(crate::answers::enroll("t1", false)).then(person(Intent::Enroll(0)));
    enrolling.play([
        (Turn::Org(error(403, "E0000079")), "POST /api/v1/authn {stateToken: t1} = MfaEnroll busy"),
        (Turn::Org(Err(TransportError::Offline)), "= MfaEnroll !Offline"),
        (person(Intent::Retry), "= MfaEnroll ~Offline"),
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff"),
    ]);
    signing_in().play([(org(success()), LEAVES)]);
}
