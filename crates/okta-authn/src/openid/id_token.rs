//! An ID token, from its text to its claims: which key verifies it, what that key has signed, and then the claims. Whoever
//! has cryptography verifies the signature in between. Not here: that, or getting the keys.

use super::claims::{Claims, Expected};
use super::id_token_error::IdTokenError;
use super::jws::Jws;
use super::keys::{Key, Keys};
use crate::secret::IdToken;
use std::fmt;

/// An ID token of the right form. Its claims can't be read yet.
#[derive(Clone, PartialEq)]
pub struct UnverifiedIdToken(Jws);

/// Shows nothing of it.
impl fmt::Debug for UnverifiedIdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnverifiedIdToken(redacted)")
    }
}

impl UnverifiedIdToken {
    /// Takes an ID token apart.
    pub fn parse(token: &IdToken) -> Result<Self, IdTokenError> {
        Jws::parse(token.expose()).map(Self)
    }

    /// The key that verifies it.
    pub fn key<'a>(&self, keys: &'a Keys) -> Result<&'a Key, IdTokenError> {
        keys.find(&self.0.key_id).ok_or(IdTokenError::UnknownKey)
    }

    /// What is signed, by RSASSA-PKCS1-v1_5 with SHA-256.
    pub fn signing_input(&self) -> &str {
        &self.0.signing_input
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        &self.0.signature
    }

    /// The claims, once the signature is verified by the issuer's key.
    pub fn into_claims(self, signature_is_valid: bool, expected: &Expected) -> Result<Claims, IdTokenError> {
        if signature_is_valid { Claims::check(self.0.claims, expected) } else { Err(IdTokenError::Signature) }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::base64::encode_url;
    use crate::links::Org;
    use crate::openid::issuer::Issuer;
    use crate::secret::Nonce;

    fn token(claims: &str) -> UnverifiedIdToken {
        let [header, claims, signature] =
            [r#"{"alg": "RS256", "kid": "k1"}"#, claims, "signed"].map(|part| encode_url(part.as_bytes()));
        UnverifiedIdToken::parse(&IdToken::new([header, claims, signature].join("."))).unwrap()
    }

    #[test]
    fn claims_are_read_when_the_signature_is_right() {
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        let nonce = Nonce::new("n");
        let expected = Expected { issuer: &issuer, client_id: "c", nonce: &nonce, now: 1_000_000 };
        let good = token(
            r#"{"iss": "https://example.okta.com", "aud": "c", "sub": "u", "nonce": "n", "iat": 1000, "exp": 1001}"#,
        );
        assert_eq!(good.clone().into_claims(false, &expected), Err(IdTokenError::Signature));
        assert_eq!(good.clone().into_claims(true, &expected).unwrap().subject, "u");
        assert_eq!(good.signature(), b"signed");
        assert_eq!(good.signing_input().matches('.').count(), 1);
        assert_eq!(format!("{good:?}"), "UnverifiedIdToken(redacted)");
        // A forged one is refused for its signature, whatever it claims.
        assert_eq!(token("{}").into_claims(false, &expected), Err(IdTokenError::Signature));
        assert_eq!(token("{}").into_claims(true, &expected), Err(IdTokenError::Missing("iss")));
    }

    #[test]
    fn the_key_is_one_of_the_issuer() {
        let modulus = encode_url(&[0xc3; 256]);
        let keys = |id: &str| {
            let key = serde_json::json!({"kty": "RSA", "kid": id, "e": "AQAB", "n": modulus});
            Keys::read(&serde_json::from_value(serde_json::json!({ "keys": [key] })).unwrap()).unwrap()
        };
        assert!(token("{}").key(&keys("k1")).is_ok());
        assert_eq!(token("{}").key(&keys("k2")), Err(IdTokenError::UnknownKey));
    }
}
