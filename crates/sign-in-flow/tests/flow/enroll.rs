//! Setting up Google Authenticator, and leaving the optional ones out.

use crate::harness::{Harness, Input, activation, org, person};
use crate::responses::{activate, enroll, error, success};
use expect_test::expect;
use sign_in_flow::{Event, Intent};

#[test]
fn google_authenticator_is_set_up_from_the_list() {
    Harness::at(enroll("t1", false)).check(
        [
            person(Intent::Enroll(5)),
            person(Intent::Enroll(0)),
            org(activate("t2")),
            person(Intent::CopyKey),
            Input::Event(Event::Copied),
            person(activation(" ")),
            person(activation("123 456")),
            Input::Org(error(403, "E0000068")),
            person(activation("123456")),
            org(enroll("t3", true).link("skip", "authn/skip")),
            person(Intent::Skip),
            org(success()),
        ],
        &expect![[r#"
            Enroll 5
                = MfaEnroll
            Enroll 0
                POST /api/v1/authn/factors {stateToken: t1, factorType: token:software:totp, provider: GOOGLE} = MfaEnroll busy
            reply 200 MFA_ENROLL_ACTIVATE t2
                -> MfaEnrollActivate GoogleTotp with image
            CopyKey
                copy JBSWY3DPEHPK3PXP = MfaEnrollActivate GoogleTotp with image
            copied
                = MfaEnrollActivate GoogleTotp with image !KeyCopied
            Activate
                = MfaEnrollActivate GoogleTotp with image !Missing(Passcode)
            Activate 123 456
                POST /api/v1/authn/factors/totp1/lifecycle/activate {stateToken: t2, passCode: 123456} = MfaEnrollActivate GoogleTotp with image busy
            reply 403 E0000068
                = MfaEnrollActivate GoogleTotp with image emptied !WrongCode
            Activate 123456
                POST /api/v1/authn/factors/totp1/lifecycle/activate {stateToken: t2, passCode: 123456} = MfaEnrollActivate GoogleTotp with image busy
            reply 200 MFA_ENROLL t3
                -> MfaEnroll
            Skip
                POST /api/v1/authn/skip {stateToken: t3} = MfaEnroll busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn nothing_is_skipped_that_the_org_does_not_let_go() {
    let harness = Harness::at(enroll("t1", false)).check(
        [person(Intent::Skip)],
        &expect![[r#"
        Skip
            = MfaEnroll
    "#]],
    );
    assert!(!harness.screen().offers("skip"));
    let harness = Harness::at(enroll("t1", true).link("skip", "authn/skip"));
    assert!(harness.screen().offers("skip"));
}

#[test]
fn back_leads_to_the_list_by_the_orgs_word() {
    Harness::at(activate("t2")).check(
        [person(Intent::Back), org(enroll("t3", false))],
        &expect![[r#"
        Back
            POST /api/v1/authn/previous {stateToken: t2} = MfaEnrollActivate GoogleTotp with image busy
        reply 200 MFA_ENROLL t3
            -> MfaEnroll
    "#]],
    );
}
