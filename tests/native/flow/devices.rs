//! Keys, Duo and other sites: who is asked, what is done with the answer, and what a refusal leads to.

use crate::answers::{Body, error, no_json, required, success};
use crate::stage::{LEAVES, Stage, Turn, org, person, proved, send_code};
use crate::states::{
    duo, duo_activation, enrollable, push, redirect, redirect_activation, webauthn, webauthn_activation,
};
use okta_authn_widget::authn::{Credential, CredentialError, TransportError};
use okta_authn_widget::flow::Intent;

fn registered() -> Turn {
    Turn::Key(Ok(Credential::Attestation {
        attestation: vec![1],
        client_data: vec![2],
        transports: Some("[\"usb\"]".to_owned()),
        client_extensions: None,
    }))
}

/// The answer to a page that was opened with a state token.
fn resumed(body: Body) -> Stage {
    Stage::at_start(&[("state-token", "t0")]).then(org(body))
}

#[test]
fn a_key_is_asked_at_once_after_a_press_and_proves_itself() {
    let sent = "POST /api/v1/authn/factors/webauthn1/verify {stateToken: t2, authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = MfaChallenge WebAuthn busy";
    Stage::at(required("t1", &["webauthn"])).then(person(send_code())).play([
        (org(webauthn("t2")), "ask for the key -> MfaChallenge WebAuthn busy"),
        (proved(), sent),
        (Turn::Org(error(403, "E0000068")), "= MfaChallenge WebAuthn emptied !FactorFailed(None) #oae1"),
        (person(Intent::AskAgain), "ask for the key = MfaChallenge WebAuthn busy"),
        (proved(), sent),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn a_new_key_is_made_and_told() {
    let sent = "POST /api/v1/authn/factors/webauthn1/lifecycle/activate {stateToken: t2, attestation: AQ==, clientData: Ag==, transports: [\"usb\"], clientExtensions: null} = MfaEnrollActivate WebAuthn busy";
    Stage::at(enrollable("t1", &["webauthn"])).then(person(Intent::Enroll(0))).play([
        (org(webauthn_activation("t2")), "ask for a new key -> MfaEnrollActivate WebAuthn busy"),
        (registered(), sent),
        (org(enrollable("t3", &["sms"]).link("skip", "authn/skip")), "-> MfaEnroll"),
    ]);
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
        Stage::at(webauthn("t1")).play([
            (Turn::Key(Err(outcome)), &*told("MfaChallenge")),
            (person(Intent::AskAgain), "ask for the key = MfaChallenge WebAuthn busy"),
            (person(Intent::Back), "abort; POST /api/v1/authn/previous {stateToken: t1} = MfaChallenge WebAuthn busy"),
        ]);
        Stage::at(webauthn_activation("t1")).play([
            (Turn::Key(Err(outcome)), &*told("MfaEnrollActivate")),
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
        let stage = Stage::at_start(&[("state-token", "t0")]);
        let stage = stage.play([(org(body), &*format!("-> {shown}")), (person(Intent::AskAgain), asked)]);
        assert_eq!(stage.screen().notice, None);
    }
}

#[test]
fn a_page_that_was_just_opened_shows_duos_frame_which_has_the_buttons() {
    for (body, shown) in [(duo("t1"), "MfaChallenge Duo waits"), (duo_activation("t1"), "MfaEnrollActivate Duo")] {
        let stage = Stage::at_start(&[("state-token", "t0")]);
        stage.play([(org(body), &*format!("{DUO} -> {shown}"))]);
    }
}

const DUO: &str = "ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y";
const DUO_TOLD: &str = "POST /api/v1/authn/factors/duo1/verify/response id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaChallenge Duo waits busy";
const DUO_LOOK: &str = "POST /api/v1/authn/factors/duo1/verify {stateToken: t2} = MfaChallenge Duo waits";

fn duo_asked() -> Stage {
    Stage::at(required("t1", &["duo"])).then(person(send_code())).then(org(duo("t2")))
}

#[test]
fn duo_signs_the_org_is_told_and_looked_at_at_once() {
    for told in [no_json(200), no_json(204), crate::answers::json_answer(200, serde_json::json!({}))] {
        Stage::at(required("t1", &["duo"])).then(person(send_code())).play([
            (org(duo("t2")), &*format!("{DUO} -> MfaChallenge Duo waits")),
            (Turn::Seconds(600), "= MfaChallenge Duo waits"),
            (Turn::Duo(true), DUO_TOLD),
            (Turn::Org(told), "wait 0 = MfaChallenge Duo waits"),
            (Turn::Seconds(0), DUO_LOOK),
            (org(duo("t2")), "wait 4000 = MfaChallenge Duo waits"),
            (Turn::Seconds(4), DUO_LOOK),
            (org(success()), LEAVES),
        ]);
    }
    let told = "POST /api/v1/authn/factors/duo1/lifecycle/duoCallback id=duo1&stateToken=t2&sig_response=AUTH%7Cx%3AAPP%7Cy = MfaEnrollActivate Duo busy";
    Stage::at(enrollable("t1", &["duo"])).then(person(Intent::Enroll(0))).play([
        (org(duo_activation("t2")), &*format!("{DUO} -> MfaEnrollActivate Duo")),
        (Turn::Duo(true), told),
        (Turn::Org(no_json(200)), "wait 0 = MfaEnrollActivate Duo"),
        (
            Turn::Seconds(0),
            "POST /api/v1/authn/factors/duo1/lifecycle/activate/poll {stateToken: t2} = MfaEnrollActivate Duo",
        ),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn duo_that_fails_is_asked_again() {
    duo_asked().play([
        (Turn::Duo(false), "= MfaChallenge Duo waits !FactorFailed(None) or Retry"),
        (person(Intent::Retry), &*format!("{DUO} = MfaChallenge Duo waits")),
        (Turn::Duo(true), DUO_TOLD),
        (Turn::Org(Err(TransportError::Offline)), "= MfaChallenge Duo waits !Offline or Retry"),
        (person(Intent::Retry), &format!("{DUO} = MfaChallenge Duo waits")),
        (Turn::Duo(true), DUO_TOLD),
        (Turn::Org(error(403, "E0000006")), "= MfaChallenge Duo waits emptied !Org(Cause) #oae1"),
        (person(Intent::AskAgain), &format!("{DUO} = MfaChallenge Duo waits")),
    ]);
    let refused = duo("t2").with("factorResult", "REJECTED");
    duo_asked().then(Turn::Duo(true)).then(Turn::Org(no_json(200))).then(Turn::Seconds(0)).play([
        (org(refused), "= MfaChallenge Duo !FactorFailed(None)"),
        (Turn::Seconds(60), "= MfaChallenge Duo ~FactorFailed(None)"),
    ]);
}

#[test]
fn duo_asked_again_is_not_overtaken_by_a_look() {
    let waits =
        duo_asked().then(Turn::Duo(true)).then(Turn::Org(no_json(200))).then(Turn::Seconds(0)).then(org(duo("t2")));
    waits.play([
        (person(Intent::AskAgain), &*format!("{DUO} = MfaChallenge Duo waits")),
        (Turn::Seconds(60), "= MfaChallenge Duo waits"),
        (Turn::Duo(true), DUO_TOLD),
    ]);
}

#[test]
fn duo_is_asked_by_the_orgs_own_script_alone() {
    let told = "-> MfaChallenge Duo waits !UntrustedLink(https://evil.example)";
    let stage = Stage::at(required("t1", &["duo"])).then(person(send_code()));
    stage.play([(org(duo("t2").abroad("script")), told)]);
    duo_asked();
    let stage = Stage::at(required("t1", &["duo"])).then(person(send_code())).then(org(duo("t2").abroad("complete")));
    stage.play([(Turn::Duo(true), "= MfaChallenge Duo waits !UntrustedLink(https://evil.example)")]);
}

const OUTSIDE: &str = "/policy/mfa-saml-idp-redirect?okta_key=mfa.1";

#[test]
fn another_site_is_gone_to_at_once_after_a_press_and_offered_after_a_resume() {
    let leaves = format!("go {OUTSIDE} -> Leaving");
    for name in ["saml", "oidc", "claims"] {
        Stage::at(required("t1", &[name])).then(person(send_code())).play([(org(redirect("t2", name)), &*leaves)]);
        let enrolling = Stage::at(enrollable("t1", &[name])).then(person(Intent::Enroll(0)));
        enrolling.play([(org(redirect_activation("t2", name)), &*leaves)]);
        let opened = || Stage::at_start(&[("state-token", "t0")]);
        opened().play([(org(redirect("t1", name)), "-> MfaChallenge Redirect"), (person(Intent::Follow), &*leaves)]);
        opened().play([
            (org(redirect_activation("t1", name)), "-> MfaEnrollActivate Redirect"),
            (person(Intent::Follow), &*leaves),
        ]);
    }
    let abroad = Stage::at(required("t1", &["saml"])).then(person(send_code()));
    abroad.play([(
        org(redirect("t2", "saml").abroad("next")),
        "-> MfaChallenge Redirect !UntrustedLink(https://evil.example)",
    )]);
}

#[test]
fn another_site_that_says_no_is_told_in_its_own_words() {
    for (body, shown) in
        [(redirect("t1", "saml"), "MfaChallenge"), (redirect_activation("t1", "saml"), "MfaEnrollActivate")]
    {
        let failed = body.with("factorResult", "FAILED").with("factorResultMessage", "Not you");
        resumed(failed.clone()).play([
            (person(Intent::Back), &*format!("POST /api/v1/authn/previous {{stateToken: t1}} = {shown} Redirect busy")),
            (org(required("t2", &["saml", "sms"])), "-> MfaRequired Some(Redirect)"),
        ]);
        let told = format!("-> {shown} Redirect !FactorFailed(Some(\"Not you\"))");
        Stage::at_start(&[("state-token", "t0")]).play([(org(failed), &*told)]);
    }
}

#[test]
fn following_is_for_factors_that_lead_outside() {
    for body in [push("t1"), webauthn("t1"), duo("t1")] {
        let mut stage = resumed(body);
        assert_eq!(stage.turn(person(Intent::Follow)), []);
    }
}
