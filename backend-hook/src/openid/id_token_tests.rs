#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use jsonwebtoken::{EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};

use super::*;

/// Bytes before the key itself in PKCS #8, for RSA with 2048 bits.
const PKCS8_HEADER: usize = 26;

fn generate() -> EncodingKey {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    EncodingKey::from_rsa_der(&der.as_ref()[PKCS8_HEADER..])
}

static KEY: LazyLock<EncodingKey> = LazyLock::new(generate);
const EXPECTED: Expected<'_> = Expected { issuer: "https://example.okta.com", client_id: "0oa1", nonce: "n1" };

fn jwk() -> Jwk {
    Jwk::from_encoding_key(&KEY, Algorithm::RS256).unwrap()
}

/// A token that is right but for these members; null takes one away.
fn token(changes: &Value) -> String {
    let now = get_current_timestamp();
    let mut claims = json!({
        "sub": "00u1", "iss": "https://example.okta.com", "aud": "0oa1", "exp": now + 3600, "iat": now, "nonce": "n1",
        "auth_time": 1_700_000_000,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    encode(&Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::RS256) }, &claims, &KEY).unwrap()
}

fn refused(token: &str) -> &'static str {
    read(token, &jwk(), &EXPECTED).unwrap_err()
}

#[test]
fn a_right_token_says_who_signed_in_and_when() {
    let token = token(&json!({ "azp": "0oa1" }));
    assert_eq!(key_id(&token), Ok("k1".to_owned()));
    let identity = read(&token, &jwk(), &EXPECTED).unwrap();
    assert_eq!(identity, Identity { user: "00u1".to_owned(), signed_in: 1_700_000_000 });
}

#[test]
fn wrong_claims_are_refused() {
    let now = get_current_timestamp();
    for (changes, why) in [
        (json!({ "iss": "https://evil.org" }), "another issuer"),
        (json!({ "iss": null }), "can't be read"),
        (json!({ "aud": "0oa2" }), "another client"),
        (json!({ "aud": ["0oa2", "0oa3"] }), "another client"),
        (json!({ "aud": null }), "can't be read"),
        (json!({ "azp": "0oa2" }), "another client"),
        (json!({ "exp": now - 120 }), "not valid now"),
        (json!({ "exp": null }), "can't be read"),
        (json!({ "nbf": now + 600 }), "not valid now"),
        (json!({ "nonce": "n2" }), "another request"),
        (json!({ "nonce": null }), "another request"),
        (json!({ "auth_time": null }), "when the person signed in"),
        (json!({ "auth_time": "now" }), "can't be read"),
        (json!({ "sub": null }), "can't be read"),
        (json!({ "sub": "" }), "no id of a user"),
        (json!({ "sub": "../users" }), "no id of a user"),
    ] {
        let said = refused(&token(&changes));
        assert!(said.contains(why), "{changes}: {said}");
    }
}

#[test]
fn wrong_signatures_are_refused() {
    let right = token(&json!({}));
    let (signed, signature) = right.rsplit_once('.').unwrap();
    let other = token(&json!({ "sub": "00u2" }));
    assert!(refused(&[other.rsplit_once('.').unwrap().0, signature].join(".")).contains("signature"));
    assert!(refused(&[signed, ""].join(".")).contains("signature"));
    let claims = signed.split_once('.').unwrap().1;
    let unsigned = data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none","kid":"k1"}"#);
    assert!(read(&[&unsigned, claims, ""].join("."), &jwk(), &EXPECTED).is_err());
    // The public key as the secret of a symmetric signature.
    let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) };
    let symmetric = encode(&header, &json!({ "sub": "00u1" }), &EncodingKey::from_secret(b"n").unwrap()).unwrap();
    assert!(refused(&symmetric).contains("RS256"));
    let foreign = Jwk::from_encoding_key(&generate(), Algorithm::RS256).unwrap();
    assert!(read(&right, &foreign, &EXPECTED).unwrap_err().contains("signature"));
    let mut for_encryption = jwk();
    for_encryption.common.public_key_use = Some(PublicKeyUse::Encryption);
    assert!(read(&right, &for_encryption, &EXPECTED).unwrap_err().contains("not for signatures"));
    for nothing in ["", "a", "a.b", "a.b.c", "....."] {
        assert!(key_id(nothing).is_err() && read(nothing, &jwk(), &EXPECTED).is_err(), "{nothing}");
    }
}
