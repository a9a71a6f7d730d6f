//! Random bodies in the contract's shapes (1.2 to 1.6). Tokens are left empty for the player to fill in.

use crate::answers::{FOREIGN, ORG};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

const STATUSES: [&str; 19] = [
    "UNAUTHENTICATED",
    "PASSWORD_WARN",
    "PASSWORD_EXPIRED",
    "PASSWORD_RESET",
    "RECOVERY",
    "RECOVERY_CHALLENGE",
    "LOCKED_OUT",
    "MFA_ENROLL",
    "MFA_ENROLL_ACTIVATE",
    "MFA_REQUIRED",
    "MFA_CHALLENGE",
    "CONSENT_REQUIRED",
    "ADMIN_CONSENT_REQUIRED",
    "DEVICE_ACTIVATE",
    "POLL",
    "PROFILE_REQUIRED",
    "FACTOR_REQUIRED",
    "FACTOR_CHALLENGE",
    "SUCCESS",
];

const FACTORS: [(&str, &str); 15] = [
    ("question", "OKTA"),
    ("sms", "OKTA"),
    ("call", "OKTA"),
    ("email", "OKTA"),
    ("token:software:totp", "OKTA"),
    ("token:software:totp", "GOOGLE"),
    ("push", "OKTA"),
    ("token", "RSA"),
    ("token:hardware", "YUBICO"),
    ("token:hotp", "CUSTOM"),
    ("web", "DUO"),
    ("u2f", "FIDO"),
    ("webauthn", "FIDO"),
    ("assertion:saml2", "GENERIC_SAML"),
    ("carrier pigeon", "OKTA"),
];

const RELATIONS: [&str; 6] = ["next", "prev", "cancel", "skip", "resend", "original"];

const NEXT: [&str; 13] = [
    "verify",
    "activate",
    "poll",
    "authenticate",
    "changePassword",
    "resetPassword",
    "unlock",
    "recovery",
    "answer",
    "redirect",
    "original",
    "consent",
    "deviceActivate",
];

/// Mostly a path of the org; now and then somewhere no request may go.
fn any_link() -> impl Strategy<Value = Value> {
    let away = [
        format!("{FOREIGN}/api/v1/authn"),
        format!("{ORG}.evil.example/api/v1/authn"),
        format!("{ORG}@evil.example/api/v1/authn"),
        format!("{ORG}/api/v1/../../login/signout"),
        format!("{ORG}/login/signout"),
        "//evil.example/api/v1/authn".to_owned(),
        "javascript:alert(1)".to_owned(),
        String::new(),
    ];
    let href = prop_oneof![
        8 => Just(format!("{ORG}/api/v1/authn/somewhere")),
        1 => Just("/api/v1/authn/relative".to_owned()),
        1 => select(away.to_vec()),
    ];
    (href, select(&NEXT[..])).prop_map(|(href, name)| json!({"href": href, "name": name, "hints": {"allow": ["POST"]}}))
}

fn any_links(relations: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let chosen = subsequence(relations, 0..=relations.len());
    (chosen, proptest::collection::vec((any_link(), any::<bool>()), relations.len())).prop_map(|(relations, links)| {
        let named = relations.into_iter().zip(links);
        let members: Map<String, Value> = named
            .map(|(relation, (link, many))| (relation.to_owned(), if many { json!([link]) } else { link }))
            .collect();
        Value::Object(members)
    })
}

fn any_factor() -> impl Strategy<Value = Value> {
    let status = select(&[Some("NOT_SETUP"), Some("ACTIVE"), Some("PENDING_ACTIVATION"), Some("STRANGE"), None][..]);
    let id = proptest::option::of("[a-z]{3}[0-9]");
    let links = any_links(&["verify", "enroll", "questions"]);
    let activation = (any_links(&["qrcode", "send"]), any::<bool>());
    (select(&FACTORS[..]), id, status, links, activation).prop_map(|(pair, id, status, links, (qrcode, there))| {
        let activation = if there { json!({"sharedSecret": "secret-key", "_links": qrcode}) } else { Value::Null };
        json!({
            "factorType": pair.0, "provider": pair.1, "id": id, "status": status, "enrollment": "OPTIONAL",
            "profile": {"phoneNumber": "+1 XXX", "questionText": "Which toy?"}, "_links": links,
            "_embedded": {"activation": activation},
        })
    })
}

fn any_embedded() -> impl Strategy<Value = Value> {
    let factors = proptest::collection::vec(any_factor(), 0..4);
    (any_factor(), factors, any::<bool>()).prop_map(|(factor, factors, allowed)| {
        json!({
            "user": {"id": "00u1", "profile": {"login": "jeff"}},
            "policy": {"allowRememberDevice": allowed, "rememberDeviceLifetimeInMinutes": 0},
            "factor": factor,
            "factors": factors,
        })
    })
}

/// One factor where one is in work, else the list, which some answers call `factor` too.
fn settle(status: &str, mut embedded: Value, newer_name: bool) -> Value {
    let list = embedded["factors"].take();
    let in_work = status.ends_with("_ACTIVATE") || status.ends_with("_CHALLENGE");
    if !in_work {
        embedded["factor"] = Value::Null;
        embedded[if newer_name { "factor" } else { "factors" }] = list;
    }
    embedded
}

/// One body. Of a hundred, a few have a member of the wrong type.
pub(super) fn any_body() -> impl Strategy<Value = Value> {
    // States that lead on come more often, so that the play gets somewhere.
    let status = prop_oneof![
        2 => select(&STATUSES[..]),
        1 => Just("MFA_REQUIRED"),
        1 => Just("MFA_CHALLENGE"),
        1 => Just("MFA_ENROLL"),
        1 => Just("MFA_ENROLL_ACTIVATE"),
    ];
    let broken =
        proptest::option::weighted(0.04, select(&["status", "stateToken", "_links", "_embedded", "expiresAt"][..]));
    (status, any_embedded(), any_links(&RELATIONS), (proptest::bool::weighted(0.9), any::<bool>()), broken).prop_map(
        |(status, embedded, links, (has_token, newer_name), broken)| {
            let mut body = json!({
                "status": status, "expiresAt": "2030-01-01T00:00:00.000Z",
                "_embedded": settle(status, embedded, newer_name), "_links": links,
            });
            let token = if status == "SUCCESS" { "sessionToken" } else { "stateToken" };
            if has_token {
                body[token] = json!("");
            }
            if let Some(member) = broken {
                body[member] = json!(7);
            }
            body
        },
    )
}
