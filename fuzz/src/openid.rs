//! What an authorization server answers: fields, tokens, keys, and ID tokens, whose JSON is compared with what `serde_json`
//! reads. Not here: the signature, which a browser verifies.

use crate::input::Input;
use data_encoding::BASE64URL_NOPAD;
use okta_authn::openid::{
    Answer, Expected, Fields, IdTokenError, Issuer, Keys, Part, ResponseType, TokenError, Tokens, UnverifiedIdToken,
};
use okta_authn::wire::Value;
use okta_authn::{IdToken, Nonce, Org, RequestState, Response};

const ORG: &str = "https://example.okta.com";
const STATE: &str = "state-of-the-request";
const NONCE: &str = "nonce-of-the-request";
const HEADER: &str = r#"{"alg": "RS256", "kid": "k1"}"#;
const NOW: u64 = 1_700_000_000;

/// A byte says what the rest is.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.byte();
    let text = String::from_utf8_lossy(input.rest());
    match kind % 6 {
        0 => answer(Fields::of_query(&text).ok()),
        1 => answer(json(&text).and_then(|message| Fields::of_message(&message).ok())),
        2 => tokens(&text, if kind < 128 { 200 } else { 400 }),
        3 => keys(&text),
        4 => id_token(&text),
        _ => claims(&text),
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn issuer() -> Issuer {
    Issuer::of(&Org::parse(ORG).expect("a base URL"))
}

/// Only the answer to the request counts, and only one from its server.
fn answer(fields: Option<Fields>) {
    let Some(fields) = fields else { return };
    for response_type in [ResponseType::Code, ResponseType::IdToken, ResponseType::TokenAndIdToken] {
        let Ok(answer) = Answer::read(&fields, &RequestState::new(STATE), &issuer(), response_type) else { continue };
        assert_eq!(fields.get("state"), Some(STATE), "{answer:?}");
        assert!(fields.get("iss").is_none_or(|name| name == ORG), "{answer:?}");
        assert!(fields.get("error").is_none(), "{answer:?}");
        assert!(fields.are_an_answer());
        match &answer {
            Answer::Code(code) => assert_eq!(fields.get("code"), Some(code.expose())),
            Answer::Tokens(tokens) => assert_eq!(fields.get("id_token"), Some(tokens.id_token.expose())),
        }
        assert_eq!(matches!(answer, Answer::Code(_)), response_type == ResponseType::Code);
    }
}

fn tokens(text: &str, status: u16) {
    let response = Response { status, body: json(text), retry_at: None, date: None };
    match Tokens::read(&response) {
        Ok(tokens) => assert!(status == 200 && !tokens.id_token.is_empty()),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(status != 200 || !matches!(error, TokenError::Refused(_)));
        }
    }
}

fn keys(text: &str) {
    let Some(body) = json(text) else { return };
    let Ok(keys) = Keys::read(&body) else { return };
    let Some(key) = keys.find("k1") else { return };
    let length = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map(|bytes| bytes.len()).ok();
    assert!(length(&key.modulus).is_some_and(|length| length >= 256), "{key:?}");
    assert!(length(&key.exponent).is_some_and(|length| length <= 4), "{key:?}");
}

/// The whole token as it came.
fn id_token(text: &str) {
    let Ok(token) = UnverifiedIdToken::parse(&IdToken::new(text)) else { return };
    assert!(text.starts_with(token.signing_input()) && !token.signature().is_empty());
    let parts: Vec<&str> = text.split('.').collect();
    assert_eq!(parts.len(), 3, "{text:?}");
    let header = BASE64URL_NOPAD.decode(parts[0].as_bytes()).expect("what was read is base64url");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("what was read is JSON");
    assert_eq!(header["alg"], "RS256");
}

/// The claims alone, in a token that is right otherwise.
fn claims(text: &str) {
    let parts = [HEADER, text, "signed"].map(|part| BASE64URL_NOPAD.encode(part.as_bytes()));
    let parsed = UnverifiedIdToken::parse(&IdToken::new(parts.join(".")));
    let theirs = json(text).filter(|value| matches!(value, Value::Object(_)));
    if matches!(parsed, Err(IdTokenError::TooLong | IdTokenError::Twice(Part::Claims))) {
        return;
    }
    // Numbers are read in another way, on purpose: see `okta_authn::openid::json`.
    let has_numbers = text.bytes().any(|byte| byte.is_ascii_digit());
    let deep = text.bytes().filter(|byte| b"[{".contains(byte)).count() > 30;
    assert!(parsed.is_err() || theirs.is_some(), "{text:?} is no JSON for serde_json");
    assert!(parsed.is_ok() || theirs.is_none() || has_numbers || deep, "{text:?}: {parsed:?}");
    let (Ok(token), Some(theirs)) = (parsed, theirs) else { return };
    let (issuer, nonce) = (issuer(), Nonce::new(NONCE));
    let expected = Expected { issuer: &issuer, client_id: "0oa1", nonce: &nonce, now: NOW * 1_000 };
    assert!(token.clone().into_claims(false, &expected).is_err(), "a forged token was taken");
    let Ok(claims) = token.into_claims(true, &expected) else { return };
    let member = |name: &str| theirs.get(name).and_then(Value::as_text);
    assert_eq!((member("iss"), member("nonce")), (Some(ORG), Some(NONCE)));
    assert_eq!(member("sub"), Some(claims.subject.as_str()));
    assert!(claims.expires_at / 1_000 + 300 >= NOW, "{text:?} has expired");
    if !has_numbers {
        assert!(claims.all == theirs, "{text:?} is read as something else");
    }
}
