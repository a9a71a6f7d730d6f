//! Random links and factors in the shapes of docs/authn-api.md (#links, #factors to #duo), with whatever may lie in a
//! factor.

use crate::responses::{FOREIGN, ORG};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

const FACTORS: [(&str, &str); 21] = [
    ("question", "OKTA"),
    ("sms", "OKTA"),
    ("call", "OKTA"),
    ("email", "OKTA"),
    ("token:software:totp", "OKTA"),
    ("token:software:totp", "GOOGLE"),
    ("push", "OKTA"),
    ("token", "RSA"),
    ("token", "DEL_OATH"),
    ("token", "SYMANTEC"),
    ("token:hardware", "YUBICO"),
    ("token:hotp", "CUSTOM"),
    ("web", "DUO"),
    ("u2f", "FIDO"),
    ("webauthn", "FIDO"),
    ("password", "OKTA"),
    ("assertion:saml2", "GENERIC_SAML"),
    ("assertion:oidc", "GENERIC_OIDC"),
    ("claims_provider", "CUSTOM"),
    ("push", "OKTA"),
    ("carrier pigeon", "OKTA"),
];

/// Mostly a path of the org; now and then somewhere no request may go.
fn any_href() -> impl Strategy<Value = String> {
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
    prop_oneof![
        8 => Just(format!("{ORG}/api/v1/authn/somewhere")),
        1 => Just("/api/v1/authn/relative".to_owned()),
        1 => select(away.to_vec()),
    ]
}

pub(super) fn any_link(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    (any_href(), select(names))
        .prop_map(|(href, name)| json!({"href": href, "name": name, "hints": {"allow": ["POST"]}}))
}

/// Some of these relations, each as one link or as a list of it.
pub(super) fn any_links(
    relations: &'static [&'static str],
    names: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    let chosen = subsequence(relations, 0..=relations.len());
    (chosen, proptest::collection::vec((any_link(names), any::<bool>()), relations.len())).prop_map(
        |(relations, links)| {
            let pairs = relations.into_iter().zip(links);
            let members: Map<String, Value> = pairs
                .map(|(relation, (link, many))| (relation.to_owned(), if many { json!([link]) } else { link }))
                .collect();
            Value::Object(members)
        },
    )
}

/// What an authenticator is asked: of today, of yesterday, or broken.
pub(super) fn any_challenge() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => Just(json!({"challenge": "K0UNqWlz2TCCDd5qEkBf", "userVerification": "preferred",
            "rp": {"name": "Acme"}, "user": {"id": "00ukv3jVTgRjDctlX0g3", "name": "jeff"}})),
        2 => (0..100u32).prop_map(|number| json!({"correctAnswer": number})),
        1 => Just(json!({"nonce": "x", "timeoutSeconds": 20})),
        1 => Just(json!({"challenge": "a b"})),
        2 => Just(Value::Null),
    ]
}

/// Duo's frame, with or without what it needs.
fn any_duo() -> impl Strategy<Value = Value> {
    any_links(&["script", "complete"], &["duo"])
        .prop_map(|links| json!({"host": "api.duo.example", "signature": "secret-tx", "_links": links}))
}

fn any_activation() -> BoxedStrategy<Value> {
    let app = any_links(&["qrcode", "send"], &["email", "sms"])
        .prop_map(|links| json!({"sharedSecret": "secret-key", "_links": links}));
    prop_oneof![3 => app, 2 => any_challenge(), 2 => any_duo(), 1 => Just(Value::Null)].boxed()
}

/// Boxed, like the others below: strategies within strategies fill a small stack.
pub(super) fn any_factor() -> BoxedStrategy<Value> {
    let status = select(&[Some("NOT_SETUP"), Some("ACTIVE"), Some("PENDING_ACTIVATION"), Some("STRANGE"), None][..]);
    let id = option::of(select(&["opf1", "opf2", "sms1", "abc1"][..]));
    let links = any_links(&["verify", "enroll", "questions"], &["verify"]);
    let known = option::of(Just(json!([{"id": "1", "profile": {"phoneNumber": "+1 XXX"}, "status": "ACTIVE"}])));
    let counts = option::weighted(0.2, (0..3u32, 0..3u32, 0..3u32));
    let inside = (any_activation(), any_challenge(), any_duo(), known, counts);
    (select(&FACTORS[..]), id, status, links, inside)
        .prop_map(|(pair, id, status, links, (activation, challenge, duo, phones, counts))| {
            let mut factor = json!({
                "factorType": pair.0, "provider": pair.1, "id": id, "status": status, "enrollment": "OPTIONAL",
                "profile": {"phoneNumber": "+1 XXX", "questionText": "Which toy?", "credentialId": "AQID"},
                "_links": links,
                "_embedded": {"activation": activation, "challenge": challenge, "verification": duo, "phones": phones},
            });
            if let Some((enrolled, minimum, maximum)) = counts {
                factor["policy"] =
                    json!({"enrollment": {"enrolled": enrolled, "minimum": minimum, "maximum": maximum}});
            }
            factor
        })
        .boxed()
}
