//! JSON Web Tokens, signed with RS256 (RFC 7515, RFC 7519).

use data_encoding::BASE64URL_NOPAD as BASE64URL;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::org::signing_key::SigningKey;

/// Signs the claims.
pub(super) fn sign(key: &SigningKey, claims: &Value) -> String {
    let header = json!({ "kid": key.kid(), "alg": "RS256" });
    let part = |json: &Value| BASE64URL.encode(json.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = BASE64URL.encode(&key.sign(&signed));
    format!("{signed}.{signature}")
}

/// `at_hash` and `c_hash`: the left half of the hash (OpenID Connect Core 1.0, section 3.3.2.11).
pub(super) fn half_hash(value: &str) -> String {
    let hash = Sha256::digest(value.as_bytes());
    let half: Vec<u8> = hash.iter().copied().take(hash.len() / 2).collect();
    BASE64URL.encode(&half)
}
