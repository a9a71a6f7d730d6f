//! Links: none is followed out of the org, every request has the newest token, and a button needs its link.

use crate::harness::{Harness, Input, activation, code, org, person, send_code};
use crate::responses::{Body, activate, challenge, enroll, required, success};
use expect_test::expect;
use sign_in_flow::Intent;

#[test]
fn links_to_another_origin_are_refused_by_name() {
    let told = |shown: &str| format!("report = {shown} !UntrustedLink(https://evil.example)");
    for (body, relation, intent, shown) in [
        (required("t1", &["sms"]), "verify", send_code(), "MfaRequired Some(Sms)"),
        (required("t1", &["totp"]), "verify", code("1"), "MfaRequired Some(GoogleTotp)"),
        (challenge("t1", "sms"), "next", code("1"), "MfaChallenge Sms"),
        (challenge("t1", "sms"), "resend", Intent::Resend, "MfaChallenge Sms"),
        (challenge("t1", "sms"), "prev", Intent::Back, "MfaChallenge Sms"),
        (challenge("t1", "sms"), "prev", Intent::Choose(0), "MfaChallenge Sms"),
        (enroll("t1", false), "enroll", Intent::Enroll(0), "MfaEnroll"),
        (enroll("t1", false).link("skip", "authn/skip"), "skip", Intent::Skip, "MfaEnroll"),
        (activate("t1"), "next", activation("1"), "MfaEnrollActivate GoogleTotp with image"),
        (activate("t1"), "prev", Intent::Back, "MfaEnrollActivate GoogleTotp with image"),
    ] {
        let harness = Harness::at(body.foreign(relation)).then(Input::Seconds(30));
        harness.run([(person(intent), &*told(shown))]);
    }
}

#[test]
fn a_foreign_cancel_is_not_told_but_the_person_leaves() {
    Harness::at(challenge("t1", "sms").foreign("cancel")).check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            -> Start jeff
    "#]],
    );
}

#[test]
fn a_foreign_image_is_not_loaded() {
    let harness = Harness::at(enroll("t1", false)).then(person(Intent::Enroll(0)));
    harness.check(
        [org(activate("t2").foreign("qrcode"))],
        &expect![[r#"
            reply 200 MFA_ENROLL_ACTIVATE t2
                report -> MfaEnrollActivate GoogleTotp
        "#]],
    );
}

#[test]
fn every_request_has_the_newest_token() {
    Harness::at(required("t1", &["sms"])).check(
        [
            person(send_code()),
            org(challenge("t2", "sms")),
            Input::Seconds(30),
            person(Intent::Resend),
            org(challenge("t3", "sms")),
            person(code("1")),
            org(enroll("t4", false)),
            person(Intent::Enroll(0)),
            org(activate("t5")),
            person(Intent::Back),
            org(enroll("t6", false)),
            person(Intent::Cancel),
        ],
        &expect![[r#"
            StartChallenge
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1} = MfaRequired Some(Sms) busy
            reply 200 MFA_CHALLENGE t2
                wait 1000 -> MfaChallenge Sms resend=30
            30 s
                = MfaChallenge Sms
            Resend
                POST /api/v1/authn/factors/sms1/verify/resend {stateToken: t2} = MfaChallenge Sms busy
            reply 200 MFA_CHALLENGE t3
                wait 1000 = MfaChallenge Sms resend=30 !CodeSent
            Prove 1
                POST /api/v1/authn/factors/sms1/verify {stateToken: t3, passCode: 1} = MfaChallenge Sms busy resend=30
            reply 200 MFA_ENROLL t4
                -> MfaEnroll
            Enroll 0
                POST /api/v1/authn/factors {stateToken: t4, factorType: token:software:totp, provider: GOOGLE} = MfaEnroll busy
            reply 200 MFA_ENROLL_ACTIVATE t5
                -> MfaEnrollActivate GoogleTotp with image
            Back
                POST /api/v1/authn/previous {stateToken: t5} = MfaEnrollActivate GoogleTotp with image busy
            reply 200 MFA_ENROLL t6
                -> MfaEnroll
            Cancel
                POST /api/v1/authn/cancel {stateToken: t6} -> Start jeff
        "#]],
    );
}

/// The body of one state with none of its links, or without the token to follow them.
#[test]
fn what_has_no_link_or_no_token_is_not_offered_and_does_nothing() {
    let bare = |body: Body, links: &[&str]| links.iter().fold(body, |body, relation| body.without(relation));
    let tokenless = |mut body: Body| {
        body.0.as_object_mut().unwrap().remove("stateToken");
        body
    };
    let all = ["next", "prev", "resend", "skip", "cancel"];
    for body in [challenge("t1", "sms"), activate("t1"), enroll("t1", false).link("skip", "authn/skip")] {
        for body in [bare(body.clone(), &all), tokenless(body)] {
            let mut harness = Harness::at(body);
            for relation in all {
                assert!(!harness.screen().offers(relation), "{relation}");
            }
            for intent in [code("1"), activation("1"), Intent::Back, Intent::Resend, Intent::Skip] {
                assert_eq!(harness.input(person(intent.clone())), [], "{intent:?}");
            }
        }
    }
    assert!(!Harness::at(success()).screen().offers("cancel"));
}
