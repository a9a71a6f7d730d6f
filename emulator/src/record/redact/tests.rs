//! What is kept, what is replaced, and that nothing else gets through.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn redactor() -> Redactor {
    Redactor::new(&Url::parse("https://acme.okta.com").unwrap(), &[])
}

#[test]
fn the_protocol_is_kept() {
    let body = json!({
        "status": "MFA_CHALLENGE",
        "factorResult": "WAITING",
        "_embedded": {
            "factor": { "factorType": "sms", "provider": "OKTA", "vendorName": "OKTA" },
            "policy": { "allowRememberDevice": true, "rememberDeviceLifetimeInMinutes": 15, "factorsPolicyInfo": null },
        },
        "_links": { "next": { "name": "verify", "hints": { "allow": ["POST"] }, "href": "https://org.example/x" } },
        "errorCode": "E0000068",
        "errorSummary": "Invalid Passcode/Answer",
    });
    let mut redacted = redactor().body(&body);
    redacted["_links"]["next"]["href"] = body["_links"]["next"]["href"].clone();
    assert_eq!(redacted, body);
}

#[test]
fn everything_else_has_another_value_of_the_same_shape() {
    let mut redactor = redactor();
    for (value, shape) in [
        ("00ub0oNGTSWTBKOLGLNR", "^00u[A-Za-z0-9]{17}$"),
        ("007ucIX7PATyn94hsHfOLVaXAmOBkKHWnOOLG43bsb", "^[A-Za-z0-9]{42}$"),
        ("isaac.brock@example.com", "^[a-z]{8}@[a-z]{4}[.]example$"),
        ("i...k@example.com", "^[a-z][.]{3}[a-z]@[a-z]{4}[.]example$"),
        ("+1 XXX-XXX-1337", "^[+]1 XXX-XXX-[0-9]{4}$"),
        ("+49 XXX XXX337", "^[+]1 XXX XXX[0-9]{3}$"),
        ("+15554151337", "^[+]1[0-9]{3}55501[0-9]{2}$"),
        ("52694259", "^[0-9]{8}$"),
        ("JBTWGV22G4ZGKV3N", "^[A-Z2-7]{16}$"),
        ("198.51.100.7", "^192[.]0[.]2[.]"),
        ("2a00:1450::8", "^2001:db8::"),
        ("https://acme.okta.com", "^https://org[.]example$"),
        ("https://other.example:8443/", "^https://[a-z]{8}[.]example/$"),
        ("Isaac", "^[A-Z][a-z]{7}$"),
        ("What is the food you least liked as a child?", "^[A-Z][a-z ]{47}$"),
        ("2015-09-08T20:14:45.000Z", "^20[0-9]{2}-[0-9]{2}-[0-9]{2}T00:00:00.000Z$"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJpc2FhYyJ9.c2lnbmF0dXJl", "^eyJhbGciOiJub25lIn0[.]e30[.]"),
        ("data:image/png;base64,iVBORw0KGgo=", "^data:image/gif"),
        ("okta:acct:isaac@example.com", "^okta:acct:[a-z]{8}@"),
        ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"),
        ("isaac.brock", "^[a-z]{8}[.]example$"),
    ] {
        let replaced = redactor.text(value, "profile");
        assert!(regex_matches(shape, &replaced), "{value} became {replaced}, which is not {shape}");
        assert_eq!(redactor.text(value, "login"), replaced, "the same value has the same replacement");
    }
}

/// The shapes above are also patterns of `regex`.
fn regex_matches(pattern: &str, text: &str) -> bool {
    regex::Regex::new(pattern).unwrap().is_match(text)
}

#[test]
fn a_value_is_the_same_in_a_path_a_query_and_a_body() {
    let mut redactor = redactor();
    let body = redactor.body(&json!({
        "id": "00ub0oNGTSWTBKOLGLNR",
        "login": "isaac@example.com",
        "href": "https://acme.okta.com/api/v1/users/00ub0oNGTSWTBKOLGLNR/factors?q=isaac%40example.com&limit=20#a=b",
    }));
    let (id, login) = (body["id"].as_str().unwrap(), body["login"].as_str().unwrap());
    let address = body["href"].as_str().unwrap();
    let start = format!("https://org.example/api/v1/users/{id}/factors?q={}&limit=20#", login.replace('@', "%40"));
    assert!(address.starts_with(&start), "{address} does not start with {start}");
    let factor =
        redactor.body(&json!({ "factorsPolicyInfo": { "opf1cla0gggOBWxuC1d8": {} }, "id": "opf1cla0gggOBWxuC1d8" }));
    assert!(factor["factorsPolicyInfo"][factor["id"].as_str().unwrap()].is_object(), "{factor}");
}

#[test]
fn a_users_name_is_replaced_even_if_it_is_a_word_of_the_protocol() {
    assert!(!redactor().address("/api/v1/users/factors").ends_with("users/factors"));
    assert_eq!(redactor().address("/api/v1/users/me"), "/api/v1/users/me");
}

#[test]
fn times_of_the_recording_keep_their_distance() {
    let mut redactor = redactor();
    redactor.began = time::macros::utc_datetime!(2025-05-05 12:00);
    let body =
        redactor.body(&json!({ "expiresAt": "2025-05-05T12:05:00.000Z", "createdAt": "2025-05-05T11:59:58.500Z" }));
    assert_eq!(body, json!({ "expiresAt": "2026-01-01T00:05:00.000Z", "createdAt": "2025-12-31T23:59:58.500Z" }));
}

#[test]
fn a_request_has_no_values() {
    let mut redactor = redactor();
    let body = json!({
        "username": "isaac@example.com",
        "password": "GoAway",
        "passCode": 123_456,
        "factorType": "SMS",
        "options": { "warnBeforePasswordExpired": true, "isaac": "x" },
    });
    let outline = redactor.outline(&body);
    let unknown =
        outline["options"].as_object().unwrap().keys().find(|name| *name != "warnBeforePasswordExpired").unwrap();
    assert_eq!(outline["options"][unknown], "(text)");
    assert_ne!(unknown, "isaac");
    for (member, value) in
        [("username", "(text)"), ("password", "(text)"), ("passCode", "(number)"), ("factorType", "SMS")]
    {
        assert_eq!(outline[member], value);
    }
    let form = redactor.outline_of_form(b"client_id=isaac&grant_type=authorization_code&code=1");
    assert_eq!(form, json!({ "client_id": "(text)", "grant_type": "authorization_code", "code": "(text)" }));
}

#[test]
fn a_word_that_is_added_is_kept() {
    let mut redactor = Redactor::new(&Url::parse("https://acme.okta.com").unwrap(), &["A_NEW_WORD".to_owned()]);
    let body = json!({ "status": "A_NEW_WORD", "A_NEW_WORD": true });
    assert_eq!(redactor.body(&body), body);
    assert_ne!(redactor.body(&json!({ "status": "ANOTHER_WORD" }))["status"], "ANOTHER_WORD");
}

/// Strings as they occur in answers, and any others. They are long enough not to be drawn by chance.
fn strings() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{8,20}",
        "00u[a-zA-Z0-9]{17}",
        "[a-z]{5,9}[.][a-z]{6,9}@[a-z]{6,10}[.]com",
        "[+][0-9]{9,12}",
        "https?://[a-z]{8}[.]example(:[0-9]{4})?/[a-z]{9}/[A-Za-z0-9]{10}[?][a-z]{9}=[a-z]{9}(#[a-z]{9})?",
        "/api/v1/users/[a-z]{9}/[a-z]{9}",
        "data:image/png;base64,[A-Za-z0-9]{20}",
        "\\{\"[a-z]{9}\": \"[a-z]{9}\"\\}",
        "okta:acct:[a-z]{9}",
        "[0-9]{9,14}",
        "\\PC{9,30}",
    ]
}

fn documents() -> impl Strategy<Value = Value> {
    let names = prop_oneof![
        strings(),
        proptest::sample::select(vec![
            "status",
            "factorType",
            "name",
            "href",
            "type",
            "errorSummary",
            "profile",
            "id",
            "expiresAt"
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        strings().prop_map(Value::from),
        (100_000_000_u64..u64::MAX).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The pieces of a document that could tell something: runs of letters and digits of at least six characters.
fn pieces(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                runs(name, found);
                pieces(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| pieces(item, found)),
        Value::String(text) => runs(text, found),
        Value::Number(number) => runs(&number.to_string(), found),
        Value::Bool(_) | Value::Null => {}
    }
}

fn runs(text: &str, found: &mut Vec<String>) {
    let runs = text.split(|char: char| !char.is_alphanumeric()).filter(|run| run.chars().count() >= 6);
    found.extend(runs.map(str::to_lowercase));
}

/// Words that are in documents and in what is written, whatever was there before.
fn is_expected(piece: &str) -> bool {
    let words = "status factortype expiresat profile errorsummary base64 example";
    words.split(' ').any(|word| word == piece)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn nothing_of_a_document_gets_through(document in documents()) {
        let mut redactor = redactor();
        let redacted = redactor.body(&document).to_string().to_lowercase();
        let outline = redactor.outline(&document).to_string().to_lowercase();
        let mut found = Vec::new();
        pieces(&document, &mut found);
        for piece in found.iter().filter(|piece| !is_expected(piece)) {
            prop_assert!(!redacted.contains(piece.as_str()), "{} is in {}", piece, redacted);
            prop_assert!(!outline.contains(piece.as_str()), "{} is in {}", piece, outline);
        }
    }

    #[test]
    fn nothing_of_an_address_gets_through(address in "(https?://[a-z]{8}[.]example)?/([a-zA-Z0-9%._-]{9,12}/){1,4}[a-z]{9}[?]([a-z]{9}=[a-zA-Z0-9%]{9}&){1,3}#[a-z]{9}") {
        let redacted = redactor().address(&address).to_lowercase();
        let mut found = Vec::new();
        pieces(&json!(address), &mut found);
        for piece in found.iter().filter(|piece| !is_expected(piece)) {
            prop_assert!(!redacted.contains(piece.as_str()), "{} is in {}", piece, redacted);
        }
    }
}
