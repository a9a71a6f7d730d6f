//! What the hook keeps of a request while the browser is at the org: a cookie that is encrypted and authenticated, and
//! lives for ten minutes. `SameSite=Lax`: the browser comes back from another site.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cookie::Sealer;

/// Its name.
pub const NAME: &str = "__Host-okta-hook-start";
/// How many seconds the browser may be away.
const LIFE: i64 = 10 * 60;
/// Associated data of the encryption: no session cookie opens as this, nor this as one.
const PURPOSE: &[u8] = b"okta-backend-hook/start/1";

/// A request that waits for its answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Comes back with the answer.
    #[serde(rename = "s")]
    pub state: String,
    /// Comes back in the ID token.
    #[serde(rename = "n")]
    pub nonce: String,
    /// The PKCE verifier; a secret.
    #[serde(rename = "v")]
    pub verifier: String,
    /// Where the browser goes afterwards.
    #[serde(rename = "r")]
    pub landing: String,
    /// Until when it counts, in seconds since 1970: a browser may keep a cookie for longer.
    #[serde(rename = "e")]
    pub expires: i64,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Pending(until {})", self.expires)
    }
}

/// 32 random bytes, as RFC 7636 proposes for a verifier.
fn random() -> String {
    BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
}

impl Pending {
    /// A new request that ends at this address.
    pub fn new(landing: String, now: i64) -> Self {
        Self { state: random(), nonce: random(), verifier: random(), landing, expires: now + LIFE }
    }

    /// The S256 challenge of the verifier.
    pub fn challenge(&self) -> String {
        BASE64URL_NOPAD.encode(&Sha256::digest(self.verifier.as_bytes()))
    }

    /// The `Set-Cookie` header.
    pub fn cookie(&self, sealer: &Sealer) -> Option<String> {
        Some(set(&sealer.seal_for(PURPOSE, self)?, LIFE))
    }

    /// Reads a cookie that still counts.
    pub fn open(sealer: &Sealer, value: &str, now: i64) -> Option<Self> {
        sealer.open_for(PURPOSE, value).filter(|pending: &Self| now < pending.expires)
    }
}

fn set(value: &str, seconds: i64) -> String {
    format!("{NAME}={value}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=Lax")
}

/// The `Set-Cookie` header that deletes it.
pub fn clear() -> String {
    set("", 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sealer() -> Sealer {
        Sealer::from_keys(&"dGhpcyBrZXkgc2VhbHMgdGVzdHMgYW5kIG5vIG1vcmU=".to_owned().into()).unwrap()
    }

    fn value(header: &str) -> &str {
        header.split_once('=').unwrap().1.split(';').next().unwrap()
    }

    #[test]
    fn the_challenge_is_the_one_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let pending = Pending { verifier, ..Pending::new(String::new(), 0) };
        assert_eq!(pending.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn it_opens_for_ten_minutes_and_for_nothing_else() {
        let pending = Pending::new("https://www.example.com/".to_owned(), 100);
        let cookie = pending.cookie(&sealer()).unwrap();
        assert!(cookie.ends_with("; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"));
        let value = value(&cookie);
        assert_eq!(Pending::open(&sealer(), value, 699), Some(pending.clone()));
        assert_eq!(Pending::open(&sealer(), value, 700), None);
        assert_eq!(sealer().open(value), None, "it is no session cookie");
        assert_ne!(pending.state, Pending::new(String::new(), 100).state);
    }

    #[test]
    fn the_longest_address_still_opens() {
        let pending = Pending::new("x".repeat(super::super::landing::MAX_LENGTH), 100);
        let cookie = pending.cookie(&sealer()).unwrap();
        assert!(Pending::open(&sealer(), value(&cookie), 100).is_some());
    }
}
