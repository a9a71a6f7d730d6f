//! What an error leads to.

use crate::harness::{Harness, Input, T0, activation, answer, code, org, person, send_code, sign_in};
use crate::responses::{Body, activate, challenge, error, json_response, no_json, ok, required, success, too_many};
use expect_test::expect;
use okta_authn::{AuthnError, TransportError};
use serde_json::json;
use sign_in_flow::Intent;

fn signing_in() -> Harness {
    Harness::at_start(&[]).then(person(sign_in("jeff", "pw")))
}

fn proving_sms() -> Harness {
    Harness::at(challenge("t1", "sms")).then(Input::Seconds(30)).then(person(code("1")))
}

#[test]
fn codes_of_the_org_become_notices() {
    let question = || Harness::at(required("t1", &["question"])).then(person(answer("x")));
    let activating = || Harness::at(activate("t1")).then(person(activation("1")));
    for (harness, status, code, expected) in [
        (signing_in(), 401, "E0000004", "= Start emptied !WrongCredentials"),
        (signing_in(), 403, "E0000085", "= Start emptied !Denied #oae1"),
        (signing_in(), 400, "E0000001", "= Start emptied !Failed #oae1"),
        (signing_in(), 403, "E9999999", "= Start emptied !Org(Cause) #oae1"),
        (signing_in(), 500, "E0000009", "= Start !ServerError #oae1 or submit again"),
        (signing_in(), 503, "E0000010", "= Start !ServerError #oae1 or submit again"),
        (proving_sms(), 403, "E0000068", "= MfaChallenge Sms emptied !WrongCode"),
        (proving_sms(), 403, "E0000082", "= MfaChallenge Sms emptied !CodeUsed"),
        (proving_sms(), 403, "E0000083", "= MfaChallenge Sms emptied !CodeOutsideWindow"),
        (proving_sms(), 403, "E0000069", "-> Start jeff !LockedOut"),
        (proving_sms(), 401, "E0000011", "-> Start jeff !SignInTimedOut"),
        (question(), 403, "E0000068", "= MfaRequired Some(Question) emptied !WrongAnswer"),
        (activating(), 403, "E0000068", "= MfaEnrollActivate GoogleTotp with image emptied !WrongCode"),
    ] {
        harness.run([(Input::Org(error(status, code)), expected)]);
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
        signing_in().run([(Input::Org(json_response(400, body)), &*format!("= Start emptied {expected}"))]);
    }
}

#[test]
fn where_something_was_typed_the_form_is_submitted_again() {
    for (error, told) in [
        (TransportError::Offline, "!Offline"),
        (TransportError::Unreachable, "!Unreachable"),
        (TransportError::TimedOut, "!NoAnswer"),
        (TransportError::OtherPage, "!OtherPage"),
    ] {
        signing_in().run([
            (Input::Org(Err(error)), &*format!("= Start {told} or submit again")),
            (person(Intent::Retry), &*format!("= Start {} or submit again", told.replace('!', "~"))),
        ]);
        proving_sms().run([(Input::Org(Err(error)), &*format!("= MfaChallenge Sms {told} or submit again"))]);
    }
}

#[test]
fn where_nothing_was_typed_retry_repeats_it() {
    Harness::at(required("t1", &["sms"])).check(
        [
            person(send_code()),
            Input::Org(Err(TransportError::TimedOut)),
            person(Intent::Retry),
            Input::Org(no_json(502)),
            person(Intent::Retry),
            Input::Org(no_json(200)),
            person(Intent::Retry),
            org(challenge("t2", "sms")),
            person(Intent::Retry),
        ],
        &expect![[r#"
            StartChallenge
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply TimedOut
                = MfaRequired Some(Sms) !NoAnswer or Retry
            Retry
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 502
                = MfaRequired Some(Sms) !ServerError or Retry
            Retry
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 200
                = MfaRequired Some(Sms) !Unexpected or Retry
            Retry
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 200 MFA_CHALLENGE t2
                wait 1000 -> MfaChallenge Sms resend=30
            Retry
                = MfaChallenge Sms resend=30
        "#]],
    );
}

#[test]
fn answers_that_make_no_sense_are_told_as_such() {
    for (outcome, told) in [
        (no_json(200), "!Unexpected or submit again"),
        (no_json(404), "!Unexpected or submit again"),
        (no_json(302), "!Unexpected or submit again"),
        (no_json(500), "!ServerError or submit again"),
        (json_response(500, json!({"error": "x"})), "!ServerError or submit again"),
        (json_response(400, json!({"error": "x"})), "!Unexpected or submit again"),
        (json_response(400, json!({"errorCode": 7})), "!Unexpected or submit again"),
        (json_response(200, json!([])), "!Unexpected or submit again"),
        (json_response(200, json!({})), "!Unexpected or submit again"),
    ] {
        signing_in().run([(Input::Org(outcome), &*format!("= Start {told}"))]);
    }
    // What the transaction machine cannot read leads back to the form.
    let malformed = json_response(200, json!({"status": "MFA_REQUIRED"}));
    signing_in().check([Input::Org(malformed), person(sign_in("jeff", "pw"))], &expect![[r#"
        reply 200 MFA_REQUIRED
            -> Start jeff !Unexpected
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
    "#]]);
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
        (broken(|body| body["_embedded"] = json!(null)), "_embedded.factor"),
        (broken(|body| body["_embedded"]["factor"]["factorType"] = json!(null)), "_embedded.factor.factorType"),
        (broken(|body| body["_links"]["next"] = json!("x")), "_links.next"),
        (broken(|body| body["_links"]["resend"][0]["href"] = json!(false)), "_links.resend[0].href"),
    ] {
        let Err(AuthnError::Decode(error)) = result else { panic!("{path}: {result:?}") };
        assert_eq!(error.path, path);
    }
    for harmless in [
        broken(|body| body["expiresAt"] = json!("tomorrow")),
        broken(|body| body["_embedded"]["factor"]["profile"] = json!({"phoneNumber": 1})),
    ] {
        assert!(harmless.is_ok(), "{harmless:?}");
    }
}

#[test]
fn a_rate_limit_pauses_until_the_reset() {
    signing_in().check(
        [
            Input::Org(too_many(Some(T0 + 4_200))),
            person(sign_in("jeff", "pw")),
            Input::Seconds(4),
            person(Intent::Retry),
            Input::Seconds(1),
            person(sign_in("jeff", "pw")),
        ],
        &expect![[r#"
            reply 429 E0000047 retry at 1700000004200
                wait 1000 = Start pause=5 !RateLimited
            SignIn jeff pw
                = Start pause=5 ~RateLimited
            4 s
                = Start pause=1 ~RateLimited
            Retry
                = Start pause=1 ~RateLimited
            1 s
                = Start
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        "#]],
    );
    for (reset, pause) in [(T0, 2), (T0 - 60_000, 2), (T0 + 3_600_000, 60), (u64::MAX, 60)] {
        let told = format!("wait 1000 = Start pause={pause} !RateLimited");
        signing_in().run([(Input::Org(too_many(Some(reset))), &*told)]);
    }
}

#[test]
fn without_a_reset_the_pause_doubles_until_an_answer_comes() {
    let mut harness = Harness::at(required("t1", &["sms"]));
    for seconds in [2, 4, 8, 16, 32, 32] {
        let told = format!("wait 1000 = MfaRequired Some(Sms) pause={seconds} !RateLimited");
        harness = harness
            .then(person(send_code()))
            .run([(Input::Org(too_many(None)), &*told), (Input::Seconds(seconds), "= MfaRequired Some(Sms)")]);
    }
    harness = harness.then(person(send_code())).then(org(challenge("t2", "sms"))).then(person(code("1")));
    harness.check(
        [Input::Org(no_json(429))],
        &expect![[r#"
        reply 429
            = MfaChallenge Sms resend=30 pause=2 !RateLimited
    "#]],
    );
}

#[test]
fn a_pause_keeps_nobody_from_leaving() {
    let paused = || proving_sms().then(Input::Org(too_many(None)));
    paused().check(
        [person(code("1")), person(Intent::Resend), person(Intent::Back)],
        &expect![[r#"
            Prove 1
                = MfaChallenge Sms pause=2 ~RateLimited
            Resend
                = MfaChallenge Sms pause=2 ~RateLimited
            Back
                POST /api/v1/authn/previous {stateToken: t1} = MfaChallenge Sms busy pause=2
        "#]],
    );
    paused().check(
        [person(Intent::Cancel), Input::Seconds(2)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t1}; wait 1000 -> Start jeff pause=2
        2 s
            = Start jeff
    "#]],
    );
}

#[test]
fn a_call_that_does_not_fit_asks_for_the_state_once() {
    proving_sms().check(
        [
            Input::Org(error(403, "E0000079")),
            Input::Org(error(403, "E0000079")),
            person(code("2")),
            Input::Org(error(403, "E0000079")),
            org(required("t2", &["totp"])),
        ],
        &expect![[r#"
            reply 403 E0000079
                POST /api/v1/authn {stateToken: t1} = MfaChallenge Sms busy
            reply 403 E0000079
                = MfaChallenge Sms emptied !Failed #oae1
            Prove 2
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1, passCode: 2} = MfaChallenge Sms busy
            reply 403 E0000079
                POST /api/v1/authn {stateToken: t1} = MfaChallenge Sms busy
            reply 200 MFA_REQUIRED t2
                -> MfaRequired Some(GoogleTotp) !MovedOn
        "#]],
    );
    proving_sms().then(Input::Org(error(403, "E0000079"))).check(
        [org(challenge("t2", "sms"))],
        &expect![[r#"
            reply 200 MFA_CHALLENGE t2
                -> MfaChallenge Sms !MovedOn
        "#]],
    );
    signing_in().check(
        [Input::Org(error(403, "E0000079"))],
        &expect![[r#"
            reply 403 E0000079
                = Start emptied !Failed #oae1
        "#]],
    );
}

#[test]
fn a_failed_question_for_the_state_offers_no_dead_button() {
    let enrolling = Harness::at(crate::responses::enroll("t1", false)).then(person(Intent::Enroll(0)));
    enrolling.check(
        [
            Input::Org(error(403, "E0000079")),
            Input::Org(Err(TransportError::Offline)),
            person(Intent::Retry),
            person(Intent::Cancel),
        ],
        &expect![[r#"
            reply 403 E0000079
                POST /api/v1/authn {stateToken: t1} = MfaEnroll busy
            reply Offline
                = MfaEnroll !Offline
            Retry
                = MfaEnroll ~Offline
            Cancel
                POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff
        "#]],
    );
    signing_in().check([org(success())], &expect![[r#"
        reply 200 SUCCESS
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
}
