//! Keys, Duo and other sites: who is asked, what is done with the answer, and what a refusal leads to.

use crate::harness::{Harness, Input, LEAVES, org, person, proved, send_code};
use crate::responses::{Body, error, no_json, required, success};
use crate::states::{
    duo, duo_activation, enrollable, push, redirect, redirect_activation, webauthn, webauthn_activation,
};
use expect_test::expect;
use okta_authn::{Credential, CredentialError, TransportError};
use sign_in_flow::Intent;

fn registered() -> Input {
    Input::Authenticator(Ok(Credential::Attestation {
        attestation: vec![1],
        client_data: vec![2],
        transports: Some("[\"usb\"]".to_owned()),
        client_extensions: None,
    }))
}

/// The answer to a page that was opened with a state token.
fn resumed(body: Body) -> Harness {
    Harness::at_start(&[("state-token", "t0")]).then(org(body))
}

#[test]
fn a_key_is_asked_at_once_after_a_press_and_proves_itself() {
    Harness::at(required("t1", &["webauthn"])).then(person(send_code())).check(
        [
            org(webauthn("t2")),
            proved(),
            Input::Org(error(403, "E0000068")),
            person(Intent::AskAgain),
            proved(),
            org(success()),
        ],
        &expect![[r#"
            reply 200 MFA_CHALLENGE t2 CHALLENGE
                ask for the key -> MfaChallenge WebAuthn busy
            authenticator: assertion
                POST /api/v1/authn/factors/webauthn1/verify {stateToken: t2, authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = MfaChallenge WebAuthn busy
            reply 403 E0000068
                = MfaChallenge WebAuthn emptied !FactorFailed(None)
            AskAgain
                ask for the key = MfaChallenge WebAuthn busy
            authenticator: assertion
                POST /api/v1/authn/factors/webauthn1/verify {stateToken: t2, authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = MfaChallenge WebAuthn busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn a_new_key_is_made_and_told() {
    Harness::at(enrollable("t1", &["webauthn"])).then(person(Intent::Enroll(0))).check(
        [org(webauthn_activation("t2")), registered(), org(enrollable("t3", &["sms"]).link("skip", "authn/skip"))],
        &expect![[r#"
            reply 200 MFA_ENROLL_ACTIVATE t2
                ask for a new key -> MfaEnrollActivate WebAuthn busy
            authenticator: attestation
                POST /api/v1/authn/factors/webauthn1/lifecycle/activate {stateToken: t2, attestation: AQ==, clientData: Ag==, transports: ["usb"], clientExtensions: null} = MfaEnrollActivate WebAuthn busy
            reply 200 MFA_ENROLL t3
                -> MfaEnroll
        "#]],
    );
}

#[test]
fn a_key_that_does_not_answer_is_no_error_of_the_org() {
    for (outcome, told) in [
        (CredentialError::Refused, "CredentialRefused"),
        (CredentialError::Failed, "CredentialRefused"),
        (CredentialError::AlreadyRegistered, "CredentialKnown"),
        (CredentialError::Unavailable, "CredentialUnavailable"),
    ] {
        let told = |shown: &str| format!("= {shown} WebAuthn !{told}");
        Harness::at(webauthn("t1")).run([
            (Input::Authenticator(Err(outcome)), &*told("MfaChallenge")),
            (person(Intent::AskAgain), "ask for the key = MfaChallenge WebAuthn busy"),
            (person(Intent::Back), "abort; POST /api/v1/authn/previous {stateToken: t1} = MfaChallenge WebAuthn busy"),
        ]);
        Harness::at(webauthn_activation("t1")).run([
            (Input::Authenticator(Err(outcome)), &*told("MfaEnrollActivate")),
            (person(Intent::AskAgain), "ask for a new key = MfaEnrollActivate WebAuthn busy"),
        ]);
    }
}

#[test]
fn a_page_that_was_just_opened_asks_no_key_by_itself() {
    for (body, shown, asked) in [
        (webauthn("t1"), "MfaChallenge WebAuthn", "ask for the key = MfaChallenge WebAuthn busy"),
        (
            webauthn_activation("t1"),
            "MfaEnrollActivate WebAuthn",
            "ask for a new key = MfaEnrollActivate WebAuthn busy",
        ),
    ] {
        let harness = Harness::at_start(&[("state-token", "t0")]);
        let harness = harness.run([(org(body), &*format!("-> {shown}")), (person(Intent::AskAgain), asked)]);
        assert_eq!(harness.screen().notice, None);
    }
}

#[test]
fn a_page_that_was_just_opened_shows_duos_frame_which_has_the_buttons() {
    for (body, shown) in [(duo("t1"), "MfaChallenge Duo waits"), (duo_activation("t1"), "MfaEnrollActivate Duo")] {
        let harness = Harness::at_start(&[("state-token", "t0")]);
        harness.run([(org(body), &*format!("{DUO} -> {shown}"))]);
    }
}

const DUO: &str = "ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y";
const DUO_TOLD: &str = "POST /api/v1/authn/factors/duo1/verify/response id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaChallenge Duo waits busy";
const DUO_LOOK: &str = "POST /api/v1/authn/factors/duo1/verify {stateToken: t2} = MfaChallenge Duo waits";

fn duo_asked() -> Harness {
    Harness::at(required("t1", &["duo"])).then(person(send_code())).then(org(duo("t2")))
}

#[test]
fn duo_signs_the_org_is_told_and_looked_at_at_once() {
    for told in [no_json(200), no_json(204), crate::responses::json_response(200, serde_json::json!({}))] {
        Harness::at(required("t1", &["duo"])).then(person(send_code())).run([
            (org(duo("t2")), &*format!("{DUO} -> MfaChallenge Duo waits")),
            (Input::Seconds(600), "= MfaChallenge Duo waits"),
            (Input::Duo(true), DUO_TOLD),
            (Input::Org(told), "wait 0 = MfaChallenge Duo waits"),
            (Input::Seconds(0), DUO_LOOK),
            (org(duo("t2")), "wait 4000 = MfaChallenge Duo waits"),
            (Input::Seconds(4), DUO_LOOK),
            (org(success()), LEAVES),
        ]);
    }
    Harness::at(enrollable("t1", &["duo"])).then(person(Intent::Enroll(0))).check(
        [org(duo_activation("t2")), Input::Duo(true), Input::Org(no_json(200)), Input::Seconds(0), org(success())],
        &expect![[r#"
            reply 200 MFA_ENROLL_ACTIVATE t2 WAITING
                ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y -> MfaEnrollActivate Duo
            Duo signs
                POST /api/v1/authn/factors/duo1/lifecycle/duoCallback id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaEnrollActivate Duo busy
            reply 200
                wait 0 = MfaEnrollActivate Duo
            0 s
                POST /api/v1/authn/factors/duo1/lifecycle/activate/poll {stateToken: t2} = MfaEnrollActivate Duo
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn duo_that_fails_is_asked_again() {
    duo_asked().check(
        [
            Input::Duo(false),
            person(Intent::Retry),
            Input::Duo(true),
            Input::Org(Err(TransportError::Offline)),
            person(Intent::Retry),
            Input::Duo(true),
            Input::Org(error(403, "E0000006")),
            person(Intent::AskAgain),
        ],
        &expect![[r#"
            Duo fails
                = MfaChallenge Duo waits !FactorFailed(None) or Retry
            Retry
                ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y = MfaChallenge Duo waits
            Duo signs
                POST /api/v1/authn/factors/duo1/verify/response id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaChallenge Duo waits busy
            reply Offline
                = MfaChallenge Duo waits !Offline or Retry
            Retry
                ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y = MfaChallenge Duo waits
            Duo signs
                POST /api/v1/authn/factors/duo1/verify/response id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaChallenge Duo waits busy
            reply 403 E0000006
                = MfaChallenge Duo waits emptied !NotAllowed #oae1
            AskAgain
                ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y = MfaChallenge Duo waits
        "#]],
    );
    let refused = duo("t2").with("factorResult", "REJECTED");
    duo_asked().then(Input::Duo(true)).then(Input::Org(no_json(200))).then(Input::Seconds(0)).check(
        [org(refused), Input::Seconds(60)],
        &expect![[r#"
            reply 200 MFA_CHALLENGE t2 REJECTED
                = MfaChallenge Duo !FactorFailed(None)
            60 s
                = MfaChallenge Duo ~FactorFailed(None)
        "#]],
    );
}

#[test]
fn duo_asked_again_is_not_overtaken_by_a_look() {
    let waits =
        duo_asked().then(Input::Duo(true)).then(Input::Org(no_json(200))).then(Input::Seconds(0)).then(org(duo("t2")));
    waits.check([person(Intent::AskAgain), Input::Seconds(60), Input::Duo(true)], &expect![[r#"
        AskAgain
            ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y = MfaChallenge Duo waits
        60 s
            = MfaChallenge Duo waits
        Duo signs
            POST /api/v1/authn/factors/duo1/verify/response id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaChallenge Duo waits busy
    "#]]);
}

#[test]
fn duo_is_asked_by_the_orgs_own_script_alone() {
    let harness = Harness::at(required("t1", &["duo"])).then(person(send_code()));
    harness.check(
        [org(duo("t2").foreign("script"))],
        &expect![[r#"
            reply 200 MFA_CHALLENGE t2 WAITING
                report -> MfaChallenge Duo waits !UntrustedLink(https://evil.example)
        "#]],
    );
    duo_asked();
    let harness =
        Harness::at(required("t1", &["duo"])).then(person(send_code())).then(org(duo("t2").foreign("complete")));
    harness.check(
        [Input::Duo(true)],
        &expect![[r#"
            Duo signs
                report = MfaChallenge Duo waits !UntrustedLink(https://evil.example)
        "#]],
    );
}

const OUTSIDE: &str = "/policy/mfa-saml-idp-redirect?okta_key=mfa.1";

#[test]
fn another_site_is_gone_to_at_once_after_a_press_and_offered_after_a_resume() {
    let leaves = format!("go {OUTSIDE} -> Leaving");
    for name in ["saml", "oidc", "claims"] {
        Harness::at(required("t1", &[name])).then(person(send_code())).run([(org(redirect("t2", name)), &*leaves)]);
        let enrolling = Harness::at(enrollable("t1", &[name])).then(person(Intent::Enroll(0)));
        enrolling.run([(org(redirect_activation("t2", name)), &*leaves)]);
        let opened = || Harness::at_start(&[("state-token", "t0")]);
        opened().run([(org(redirect("t1", name)), "-> MfaChallenge Redirect"), (person(Intent::OpenSite), &*leaves)]);
        opened().run([
            (org(redirect_activation("t1", name)), "-> MfaEnrollActivate Redirect"),
            (person(Intent::OpenSite), &*leaves),
        ]);
    }
    let abroad = Harness::at(required("t1", &["saml"])).then(person(send_code()));
    abroad.check(
        [org(redirect("t2", "saml").foreign("next"))],
        &expect![[r#"
            reply 200 MFA_CHALLENGE t2 WAITING
                report -> MfaChallenge Redirect !UntrustedLink(https://evil.example)
        "#]],
    );
}

#[test]
fn another_site_that_says_no_is_told_in_its_own_words() {
    for (body, shown) in
        [(redirect("t1", "saml"), "MfaChallenge"), (redirect_activation("t1", "saml"), "MfaEnrollActivate")]
    {
        let failed = body.with("factorResult", "FAILED").with("factorResultMessage", "Not you");
        resumed(failed.clone()).run([
            (person(Intent::Back), &*format!("POST /api/v1/authn/previous {{stateToken: t1}} = {shown} Redirect busy")),
            (org(required("t2", &["saml", "sms"])), "-> MfaRequired Some(Redirect)"),
        ]);
        let told = format!("-> {shown} Redirect !FactorFailed(Some(\"Not you\"))");
        Harness::at_start(&[("state-token", "t0")]).run([(org(failed), &*told)]);
    }
}

#[test]
fn following_is_for_factors_that_lead_outside() {
    for body in [push("t1"), webauthn("t1"), duo("t1")] {
        let mut harness = resumed(body);
        assert_eq!(harness.input(person(Intent::OpenSite)), []);
    }
}
