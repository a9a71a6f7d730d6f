//! The RSA key that signs tokens with RS256, and the keys before it, which stay published so that tokens can still be
//! verified. Making a key is slow: it is made when the first one is needed.
//!
//! Not here: what is signed (`openid/jwt.rs`).

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD as BASE64URL;
use rsa::{
    RsaPrivateKey,
    pkcs1v15::{self, Signature},
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _},
    signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _},
    traits::PublicKeyParts as _,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::{Value, json};
use sha2::Sha256;

/// Length of the modulus, as Okta's keys have it.
const BITS: usize = 2048;
/// How many keys are published at most.
const PUBLISHED: usize = 3;

/// A key with its id.
#[derive(Clone)]
pub(crate) struct SigningKey {
    kid: String,
    key: Arc<pkcs1v15::SigningKey<Sha256>>,
}

/// Only the id: the rest is secret.
impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// Makes a key; slow.
    pub(crate) fn generate() -> rsa::Result<Self> {
        RsaPrivateKey::new(&mut rand::rng(), BITS).map(Self::from)
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The signature of this text.
    pub(crate) fn sign(&self, text: &str) -> Vec<u8> {
        self.key.sign(text.as_bytes()).to_vec()
    }

    /// Whether this is the text's signature.
    pub(crate) fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        let key = self.key.verifying_key();
        Signature::try_from(signature).is_ok_and(|signature| key.verify(text.as_bytes(), &signature).is_ok())
    }

    /// Modulus and exponent of the public key, as big-endian bytes.
    pub(crate) fn public_numbers(&self) -> (Vec<u8>, Vec<u8>) {
        let key: &RsaPrivateKey = self.key.as_ref().as_ref();
        (key.n_bytes().to_vec(), key.e_bytes().to_vec())
    }

    /// The public key as a JSON Web Key (RFC 7517).
    pub(crate) fn jwk(&self) -> Value {
        let key: &RsaPrivateKey = self.key.as_ref().as_ref();
        json!({
            "kty": "RSA",
            "alg": "RS256",
            "kid": self.kid,
            "use": "sig",
            "e": BASE64URL.encode(&key.e_bytes()),
            "n": BASE64URL.encode(&key.n_bytes()),
        })
    }
}

impl From<RsaPrivateKey> for SigningKey {
    fn from(key: RsaPrivateKey) -> Self {
        let kid = BASE64URL.encode(&<Sha256 as sha2::Digest>::digest(key.n_bytes()));
        Self { kid, key: Arc::new(pkcs1v15::SigningKey::new(key)) }
    }
}

impl Serialize for SigningKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let der = self.key.to_pkcs8_der().map_err(ser::Error::custom)?;
        to.serialize_str(&BASE64URL.encode(der.as_bytes()))
    }
}

impl<'de> Deserialize<'de> for SigningKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let der = BASE64URL.decode(String::deserialize(from)?.as_bytes()).map_err(de::Error::custom)?;
        RsaPrivateKey::from_pkcs8_der(&der).map(Self::from).map_err(de::Error::custom)
    }
}

/// The keys of the org, the current one first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct SigningKeys(Vec<SigningKey>);

impl SigningKeys {
    /// The key that signs; `None` until the first one is made.
    pub(crate) fn current(&self) -> Option<&SigningKey> {
        self.0.first()
    }

    /// All published keys.
    pub(crate) fn all(&self) -> &[SigningKey] {
        &self.0
    }

    /// Signs with this key from now on. The oldest one is no longer published.
    pub(crate) fn rotate(&mut self, key: SigningKey) {
        self.0.insert(0, key);
        self.0.truncate(PUBLISHED);
    }

    pub(crate) fn find(&self, kid: &str) -> Option<&SigningKey> {
        self.0.iter().find(|key| key.kid == kid)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_stored_key_signs_as_before() {
        let key = SigningKey::generate().unwrap();
        let stored: SigningKey = serde_json::from_str(&serde_json::to_string(&key).unwrap()).unwrap();
        assert_eq!(stored.kid(), key.kid());
        assert_eq!(stored.jwk(), key.jwk());
        assert_eq!(stored.sign("text"), key.sign("text"));
        assert_ne!(stored.sign("text"), key.sign("other text"));
    }
}
