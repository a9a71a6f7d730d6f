//! Passwords, hashed with Argon2id, or with bcrypt where another system had hashed them.
//!
//! Not here: the password policy (`policy.rs`).

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

/// A password in plain text; its `Debug` output is redacted.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password(String);

impl Password {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(..)")
    }
}

/// A password hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Hashed {
    /// By this org.
    Own { salt: [u8; 16], digest: [u8; 32] },
    /// By another system, in the form `$2b$cost$salt and hash`.
    Imported { bcrypt: String },
}

impl Hashed {
    /// A bcrypt hash of another system; `None` if it is none.
    pub(crate) fn imported(cost: u64, salt: &str, value: &str) -> Option<Self> {
        let encoded = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./".contains(&byte));
        let fits = salt.len() == 22 && value.len() == 31 && encoded(salt) && encoded(value);
        let bcrypt = format!("$2b${cost:02}${salt}{value}");
        // The library knows which costs there are.
        let known = fits && bcrypt.parse::<bcrypt::HashParts>().is_ok();
        known.then_some(Self::Imported { bcrypt })
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hashed(..)")
    }
}

/// The hash function with its cost parameters.
#[derive(Clone, Debug)]
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
}

impl Hasher {
    /// With these parameters; `None` if Argon2 rejects them.
    pub(crate) fn new(memory_kib: u32, iterations: u32) -> Option<Self> {
        let params = Params::new(memory_kib, iterations, 1, Some(32)).ok()?;
        Some(Self { argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params) })
    }

    /// With the library's default parameters.
    pub(crate) fn with_default_cost() -> Self {
        Self { argon2: Argon2::default() }
    }

    /// Hashes a password with a new salt.
    pub(crate) fn hash(&self, password: &Password) -> Hashed {
        let salt = rand::random();
        Hashed::Own { salt, digest: self.digest(password, &salt) }
    }

    /// Whether the password matches the hash.
    pub(crate) fn matches(&self, hashed: &Hashed, password: &Password) -> bool {
        match hashed {
            Hashed::Own { salt, digest } => self.digest(password, salt) == *digest,
            // An error means that it is no hash, so nothing matches it.
            Hashed::Imported { bcrypt } => bcrypt::verify(password.0.as_bytes(), bcrypt).unwrap_or(false),
        }
    }

    fn digest(&self, password: &Password, salt: &[u8; 16]) -> [u8; 32] {
        let mut digest = [0; 32];
        // Fails only for passwords of 4 GiB and salts of another length.
        let _ = self.argon2.hash_password_into(password.0.as_bytes(), salt, &mut digest);
        digest
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_matches() {
        let hasher = Hasher::new(8, 1).unwrap();
        let kept = hasher.hash(&Password::new("Analytical1843"));
        assert!(hasher.matches(&kept, &Password::new("Analytical1843")));
        assert!(!hasher.matches(&kept, &Password::new("analytical1843")));
        assert_ne!(kept, hasher.hash(&Password::new("Analytical1843")), "salted");
        assert!(!format!("{:?} {kept:?}", Password::new("Analytical1843")).contains("1843"));
    }
}
