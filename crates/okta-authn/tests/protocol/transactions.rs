//! Every status of docs/authn-api.md#states, with all that may and may not be beside it.

use crate::fixtures::Fixture;
use okta_authn::wire::Value;
use okta_authn::{State, Transaction};
use std::collections::BTreeSet;

/// All statuses of docs/authn-api.md#states, those recorded besides the documented ones, and one nobody knows.
const STATUSES: [&str; 22] = [
    "ADMIN_CONSENT_REQUIRED",
    "CONSENT_REQUIRED",
    "DEVICE_ACTIVATE",
    "FACTOR_CHALLENGE",
    "FACTOR_ENROLL",
    "FACTOR_ENROLL_ACTIVATE",
    "FACTOR_REQUIRED",
    "LOCKED_OUT",
    "MFA_CHALLENGE",
    "MFA_ENROLL",
    "MFA_ENROLL_ACTIVATE",
    "MFA_REQUIRED",
    "PASSWORD_EXPIRED",
    "PASSWORD_RESET",
    "PASSWORD_WARN",
    "POLL",
    "PROFILE_REQUIRED",
    "RECOVERY",
    "RECOVERY_CHALLENGE",
    "SUCCESS",
    "UNAUTHENTICATED",
    "WAITING_FOR_THE_MOON",
];

fn transactions() -> Vec<Fixture> {
    ["states", "factors", "results", "lenient"].into_iter().flat_map(Fixture::all).collect()
}

fn parsed(fixture: &Fixture) -> Transaction {
    let answer = fixture.response().into_transaction();
    answer.unwrap_or_else(|error| panic!("{}: {error:?}", fixture.name))
}

fn text(body: &Value, member: &str) -> Option<String> {
    body.get(member).and_then(|value| value.as_text().map(str::to_owned))
}

#[test]
fn each_is_understood_and_keeps_its_status() {
    for fixture in transactions() {
        let said = fixture.body.as_ref().and_then(|body| text(body, "status"));
        assert_eq!(Some(parsed(&fixture).envelope.status.as_str()), said.as_deref(), "{}", fixture.name);
    }
}

#[test]
fn each_status_of_the_contract_has_a_fixture() {
    let states = Fixture::all("states");
    let found: BTreeSet<String> = states.iter().filter_map(|state| text(state.body.as_ref()?, "status")).collect();
    let missing: Vec<_> = STATUSES.iter().filter(|status| !found.contains(**status)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_seed_documents_answers_are_understood() {
    for (name, factors, signed_in) in [
        ("020-primary-auth-success", 0, true),
        ("030-primary-auth-mfa-required", 3, false),
        ("070-authn-verify-sms-passcode-success", 0, true),
    ] {
        let seen = match parsed(&Fixture::named(&format!("seed/seed-{name}.response"))).state {
            State::MfaRequired { factors, .. } => (factors.len(), false),
            State::Success { session_token, .. } => (0, session_token.is_some()),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(seen, (factors, signed_in), "{name}");
    }
    let session = Fixture::named("seed/seed-120-session-me.response").response().into_session();
    assert_eq!(session.unwrap().unwrap().login, "jeff.beck@acme.com");
}

/// Whatever is printed of a transaction may end in a log.
#[test]
fn no_secret_is_printed() {
    let secrets = ["00acmeStateToken-4f7Qx2", "20111acmeSessionToken-1", "00acmeRecoveryToken", "KRUGKIDROVUWG2ZA"];
    for fixture in transactions() {
        let printed = format!("{:?}", parsed(&fixture));
        for secret in secrets {
            assert!(!printed.contains(secret), "{}: {printed}", fixture.name);
        }
    }
}
