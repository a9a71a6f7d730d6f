//! Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signature, issuer, audience, times, nonce.

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    errors::ErrorKind,
    jwk::{Jwk, PublicKeyUse},
};
use serde::Deserialize;

/// Who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user's id.
    pub user: String,
    /// When they signed in, by the org's clock. Not when the token was made: a new token for an old session must not make
    /// a factor look older than the sign-in.
    pub signed_in: i64,
}

/// What the token must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The issuer.
    pub issuer: &'a str,
    /// The client that it is for.
    pub client_id: &'a str,
    /// The nonce of the request.
    pub nonce: &'a str,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    auth_time: Option<i64>,
    nonce: Option<String>,
    azp: Option<String>,
}

/// The id of the key that a token says it is signed with.
pub fn key_id(token: &str) -> Result<String, &'static str> {
    let header = decode_header(token).map_err(|_| "the ID token can't be read")?;
    header.kid.ok_or("the ID token does not name its key")
}

/// Checks a token.
pub fn read(token: &str, key: &Jwk, expected: &Expected<'_>) -> Result<Identity, &'static str> {
    if key.common.public_key_use.as_ref().is_some_and(|usage| *usage != PublicKeyUse::Signature) {
        return Err("the key of the ID token is not for signatures");
    }
    let key = DecodingKey::from_jwk(key).map_err(|_| "the key of the ID token can't be used")?;
    // The org signs with RS256 only; a token does not choose how it is checked.
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_nbf = true;
    let claims = decode::<Claims>(token, &key, &validation).map_err(|error| why(error.kind()))?.claims;
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err("the ID token is for another request");
    }
    if claims.azp.is_some_and(|party| party != expected.client_id) {
        return Err("the ID token was issued to another client");
    }
    let plain = (1..=64).contains(&claims.sub.len()) && claims.sub.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain {
        return Err("the subject of the ID token is no id of a user");
    }
    let signed_in = claims.auth_time.ok_or("the ID token does not say when the person signed in")?;
    Ok(Identity { user: claims.sub, signed_in })
}

fn why(error: &ErrorKind) -> &'static str {
    match error {
        ErrorKind::InvalidSignature => "the signature of the ID token is wrong",
        ErrorKind::ExpiredSignature | ErrorKind::ImmatureSignature => {
            "the ID token is not valid now. Is this machine's clock right?"
        }
        ErrorKind::InvalidIssuer => "the ID token is of another issuer",
        ErrorKind::InvalidAudience => "the ID token is for another client",
        ErrorKind::InvalidAlgorithm => "the ID token is not signed with RS256",
        _ => "the ID token can't be read",
    }
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
mod tests;
