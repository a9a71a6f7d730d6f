//! JSON Web Tokens, signed with RS256 (RFC 7515, RFC 7519).

use data_encoding::BASE64URL_NOPAD as BASE64URL;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::org::signing_key::{SigningKey, SigningKeys};

/// Signs the claims.
pub(super) fn sign(key: &SigningKey, claims: &Value) -> String {
    let header = json!({ "kid": key.kid(), "alg": "RS256" });
    let part = |json: &Value| BASE64URL.encode(json.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = BASE64URL.encode(&key.sign(&signed));
    format!("{signed}.{signature}")
}

/// The claims of a token that one of these keys has signed, whether it has expired or not.
pub(super) fn verify(keys: &SigningKeys, token: &str) -> Option<Map<String, Value>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, _) = signed.split_once('.')?;
    let header = object(header)?;
    let key = keys.find(header.get("kid")?.as_str()?)?;
    let signature = BASE64URL.decode(signature.as_bytes()).ok()?;
    let is_signed = header.get("alg")?.as_str()? == "RS256" && key.verifies(signed, &signature);
    claims(token).filter(|_| is_signed)
}

/// The claims of a token that is known.
pub(super) fn claims(token: &str) -> Option<Map<String, Value>> {
    object(token.split('.').nth(1)?)
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&BASE64URL.decode(part.as_bytes()).ok()?).ok()
}

/// `at_hash` and `c_hash`: the left half of the hash (OpenID Connect Core 1.0, section 3.3.2.11).
pub(super) fn half_hash(value: &str) -> String {
    let hash = Sha256::digest(value.as_bytes());
    let half: Vec<u8> = hash.iter().copied().take(hash.len() / 2).collect();
    BASE64URL.encode(&half)
}
