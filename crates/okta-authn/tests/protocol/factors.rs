//! Every kind of factor, wherever one can stand in an answer.

use crate::fixtures::Fixture;
use okta_authn::{Factor, FactorKind, State};
use std::collections::BTreeSet;

/// Folder of fixtures, and what all factors in it are.
const KINDS: [(&str, FactorKind); 21] = [
    ("call", FactorKind::Call),
    ("claims-provider", FactorKind::Redirect),
    ("duo", FactorKind::Duo),
    ("email", FactorKind::Email),
    ("google-totp", FactorKind::GoogleTotp),
    ("hotp", FactorKind::Hotp),
    ("oidc", FactorKind::Redirect),
    ("okta-totp", FactorKind::OktaTotp),
    ("on-prem", FactorKind::OnPrem),
    ("password", FactorKind::Password),
    ("push", FactorKind::Push),
    ("question", FactorKind::Question),
    ("rsa", FactorKind::Rsa),
    ("saml", FactorKind::Redirect),
    ("sms", FactorKind::Sms),
    ("symantec", FactorKind::Symantec),
    ("u2f", FactorKind::U2f),
    ("unknown", FactorKind::Unknown),
    ("webauthn", FactorKind::WebAuthn),
    ("windows-hello", FactorKind::WebAuthn),
    ("yubikey", FactorKind::YubiKey),
];

/// Every factor of an answer.
fn factors(fixture: &Fixture) -> Vec<Factor> {
    let transaction =
        fixture.response().into_transaction().unwrap_or_else(|error| panic!("{}: {error:?}", fixture.name));
    match transaction.state {
        State::MfaRequired { factors, .. } | State::MfaEnroll { factors, .. } => factors,
        State::MfaChallenge { factor, .. } | State::MfaEnrollActivate { factor, .. } => vec![*factor],
        other => panic!("{}: {other:?}", fixture.name),
    }
}

#[test]
fn each_is_known_by_type_and_provider() {
    for (folder, kind) in KINDS {
        for fixture in Fixture::all(&format!("factors/{folder}")) {
            let kinds: Vec<_> = factors(&fixture).iter().map(Factor::kind).collect();
            assert!(!kinds.is_empty() && kinds.iter().all(|found| *found == kind), "{}: {kinds:?}", fixture.name);
        }
    }
}

#[test]
fn each_kind_is_met_as_enrolled_and_the_table_is_whole() {
    let found: BTreeSet<String> = Fixture::all("factors")
        .into_iter()
        .filter(|fixture| fixture.name.ends_with("/required"))
        .filter_map(|fixture| fixture.name.split('/').nth(1).map(str::to_owned))
        .collect();
    assert_eq!(found, KINDS.map(|(folder, _)| folder.to_owned()).into());
}

#[test]
fn what_the_person_is_shown_is_kept() {
    let the_one = |name: &str| factors(&Fixture::named(&format!("factors/{name}"))).remove(0);
    assert_eq!(the_one("sms/required").phone_number.as_deref(), Some("+44 XXXX XX0042"));
    assert_eq!(the_one("email/challenge").email.as_deref(), Some("a...e@acme.example"));
    assert_eq!(
        the_one("question/required").question_text.as_deref(),
        Some("What was the first computer game you played?")
    );
    assert_eq!(the_one("on-prem/required").vendor_name.as_deref(), Some("Acme key fob"));
    assert_eq!(the_one("symantec/required").credential_id.as_deref(), Some("VSMT00000042"));
}
