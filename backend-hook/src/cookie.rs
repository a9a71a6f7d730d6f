//! The session cookie, which holds all of the server's state: the caller, the org's session, the proofs. It
//! is encrypted and authenticated, so that a browser can neither read nor change it.
//!
//! Not here: whether the session is still valid (`http/caller.rs`).

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::Sha256;

/// Its name. The prefix makes browsers require `Secure`, `Path=/` and no `Domain`.
pub const NAME: &str = "__Host-okta-hook";

/// Associated data of the encryption: a value sealed for another purpose does not open.
const PURPOSE: &[u8] = b"okta-backend-hook/session/1";
const NONCE: usize = 24;
const KEY: usize = 32;
/// Maximum length of a cookie; longer ones are not decrypted.
const MAX_LENGTH: usize = 2048;

/// The contents. Times are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The id of the caller.
    #[serde(rename = "u")]
    pub user: String,
    /// The id of the org's session; a secret. `None` where OpenID Connect said who the caller is: it names no session
    /// that could be read.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// When the person signed in, by the org's clock.
    #[serde(rename = "o")]
    pub opened: i64,
    /// When the session expires: as last reported by the org, or a fixed time where the session is not known.
    #[serde(rename = "e")]
    pub expires: i64,
    /// Until when a proof counts.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub proved_until: Option<i64>,
    /// The push that was sent.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub sent_push: Option<SentPush>,
}

/// A push that was sent. It is part of the cookie, so that a transaction approved long ago cannot be used
/// again as a new proof.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentPush {
    /// The org's id of the transaction.
    #[serde(rename = "t")]
    pub transaction: String,
    /// When it was sent.
    #[serde(rename = "w")]
    pub at: i64,
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Contents").field("user", &self.user).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SentPush {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SentPush(at {})", self.at)
    }
}

/// Encrypts with the first key and decrypts with any. To rotate keys, add a new one in front and remove the
/// old one when its last cookie has expired.
pub struct Sealer(Vec<Key>);

struct Key {
    cipher: XChaCha20Poly1305,
    /// Other keys are derived by it.
    derive: Hmac<Sha256>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealer({} keys)", self.0.len())
    }
}

impl Sealer {
    /// Parses keys, one per line: 32 random bytes in Base64.
    pub fn from_keys(lines: &SecretString) -> Result<Self, String> {
        let mut keys = Vec::new();
        for (at, line) in lines.expose_secret().split_whitespace().enumerate() {
            let wrong = || format!("key {} is not {KEY} random bytes in Base64", at + 1);
            let key = BASE64.decode(line.as_bytes()).map_err(|_| wrong())?;
            // Identical bytes were typed by hand or come from a zeroed file.
            if key.windows(2).all(|pair| matches!(pair, [one, other] if one == other)) {
                return Err(wrong());
            }
            let cipher = XChaCha20Poly1305::new_from_slice(&key).map_err(|_| wrong())?;
            let derive = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).map_err(|_| wrong())?;
            keys.push(Key { cipher, derive });
        }
        if keys.is_empty() { Err("there is no key".to_owned()) } else { Ok(Self(keys)) }
    }

    /// Encrypts the contents.
    pub fn seal(&self, contents: &Contents) -> Option<String> {
        self.seal_for(PURPOSE, contents)
    }

    /// Decrypts a value; `None` if it was not sealed by one of the keys.
    pub fn open(&self, value: &str) -> Option<Contents> {
        self.open_for(PURPOSE, value)
    }

    /// A key for another purpose from each of the keys, in their order.
    pub fn derive(&self, purpose: &[u8]) -> Vec<[u8; 32]> {
        let derived = |key: &Key| key.derive.clone().chain_update(purpose).finalize().into_bytes().into();
        self.0.iter().map(derived).collect()
    }

    /// Encrypts for a purpose: for another one it does not open.
    pub fn seal_for(&self, purpose: &[u8], contents: &impl Serialize) -> Option<String> {
        let plain = serde_json::to_vec(contents).ok()?;
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: &plain, aad: purpose };
        let sealed = self.0.first()?.cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts what was sealed for a purpose.
    pub fn open_for<T: DeserializeOwned>(&self, purpose: &[u8], value: &str) -> Option<T> {
        if value.len() > MAX_LENGTH {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = || Payload { msg: sealed, aad: purpose };
        let plain = self.0.iter().find_map(|key| key.cipher.decrypt(&XNonce::from(*nonce), payload()).ok())?;
        serde_json::from_slice(&plain).ok()
    }
}

/// The value of the cookie with this name in a `Cookie` header.
pub fn value_in<'a>(header: &'a str, cookie: &str) -> Option<&'a str> {
    header.split(';').find_map(|pair| pair.trim().split_once('=').filter(|(name, _)| *name == cookie)).map(|(_, v)| v)
}

/// The `Set-Cookie` header for a number of seconds.
pub fn set(value: &str, seconds: i64) -> String {
    format!("{NAME}={value}; Max-Age={}; Path=/; Secure; HttpOnly; SameSite=Strict", seconds.max(0))
}

/// The `Set-Cookie` header that deletes it.
pub fn clear() -> String {
    set("", 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn key(of: u8) -> String {
        let bytes: Vec<u8> = (0..32).map(|at| at ^ of).collect();
        BASE64.encode(&bytes)
    }

    fn sealer(keys: &[String]) -> Sealer {
        Sealer::from_keys(&keys.join("\n").into()).unwrap()
    }

    fn contents() -> Contents {
        Contents {
            user: "00u1".to_owned(),
            session: Some("102secret".to_owned()),
            opened: 500,
            expires: 1000,
            proved_until: None,
            sent_push: Some(SentPush { transaction: "v2.1".to_owned(), at: 7 }),
        }
    }

    #[test]
    fn a_sealed_cookie_opens_and_is_opaque() {
        let sealer = sealer(&[key(1)]);
        let (one, other) = (sealer.seal(&contents()).unwrap(), sealer.seal(&contents()).unwrap());
        assert_eq!(sealer.open(&one), Some(contents()));
        assert_ne!(one, other, "each has a nonce of its own");
        assert!(!format!("{:?}", contents()).contains("102secret"));
    }

    #[test]
    fn a_changed_cookie_does_not_open() {
        let keys = sealer(&[key(1)]);
        let sealed = keys.seal(&contents()).unwrap();
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            *changed.get_mut(at).unwrap() ^= 1;
            assert_eq!(keys.open(&BASE64URL_NOPAD.encode(&changed)), None, "byte {at}");
        }
        for wrong in ["", "abc", "!!!", &sealed[..30], &"A".repeat(MAX_LENGTH + 4)] {
            assert_eq!(keys.open(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_key_seals_and_all_open() {
        let (old, new) = (sealer(&[key(1)]), sealer(&[key(2), key(1)]));
        assert!(new.open(&old.seal(&contents()).unwrap()).is_some());
        assert!(old.open(&new.seal(&contents()).unwrap()).is_none());
        assert!(sealer(&[key(2)]).open(&old.seal(&contents()).unwrap()).is_none());
    }

    #[test]
    fn weak_keys_are_refused() {
        let short = BASE64.encode(&[1, 2, 3]);
        for wrong in ["", "  \n", "secret", short.as_str(), &BASE64.encode(&[7; 32]), &format!("{}\nno", key(1))] {
            assert!(Sealer::from_keys(&wrong.to_owned().into()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_is_found_among_others() {
        assert_eq!(value_in("a=b; __Host-okta-hook=x=y; c=d", NAME), Some("x=y"));
        assert_eq!(value_in("okta-hook=x; __Host-okta-hooks=y", NAME), None);
        assert!(set("v", 5).starts_with("__Host-okta-hook=v; Max-Age=5; Path=/; Secure; HttpOnly; SameSite=Strict"));
    }
}
