//! The names under which a store counts: keyed hashes, because addresses and ids of users are personal data and the
//! store is another program's. Not here: the limits.
//!
//! The keys are derived from those of the cookie, and while there are several a request is counted under the name by each.
//! So no limit begins anew while keys are rotated: two servers, of which one has the next list already, have a key in
//! common, under which both have counted everything.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::cookie::Sealer;

const PURPOSE: &[u8] = b"okta-backend-hook/limits/1";
/// How many bytes of the hash are in a name. A collision would only let two clients share a limit.
const LENGTH: usize = 16;

/// Makes the names.
pub struct Names {
    prefix: String,
    keys: Vec<Hmac<Sha256>>,
}

impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Names({}, {} keys)", self.prefix, self.keys.len())
    }
}

impl Names {
    /// Names with this prefix, by the keys of the cookie.
    pub fn new(prefix: String, sealer: &Sealer) -> Self {
        let keys = sealer.derive(PURPOSE);
        let keys = keys.iter().filter_map(|key| Hmac::new_from_slice(key).ok()).collect();
        Self { prefix, keys }
    }

    /// The names of a value in this limit, one by each key.
    pub fn of(&self, limit: &str, value: &str) -> Vec<String> {
        let name = |key: &Hmac<Sha256>| {
            let mut hash = key.clone();
            for part in [limit, "\0", value] {
                hash.update(part.as_bytes());
            }
            let hash = hash.finalize().into_bytes();
            let part = hash.get(..LENGTH).unwrap_or(&hash);
            format!("{}:{limit}:{}", self.prefix, BASE64URL_NOPAD.encode(part))
        };
        self.keys.iter().map(name).collect()
    }

    /// The name that is counted to see whether the store can count.
    pub fn of_check(&self) -> String {
        format!("{}:check", self.prefix)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn names(keys: &[u8]) -> Names {
        let key = |of: &u8| data_encoding::BASE64.encode(&(0..32).map(|at: u8| at ^ of).collect::<Vec<_>>());
        let lines = keys.iter().map(key).collect::<Vec<_>>().join("\n");
        Names::new("hook".to_owned(), &Sealer::from_keys(&lines.into()).unwrap())
    }

    #[test]
    fn a_name_tells_neither_the_value_nor_another_limits_name() {
        let [name] = names(&[1]).of("calls", "203.0.113.9").try_into().unwrap();
        assert!(name.starts_with("hook:calls:") && !name.contains("203"), "{name}");
        assert_eq!(name.len(), "hook:calls:".len() + 22);
        let hash =
            |limit: &str, value: &str| names(&[1]).of(limit, value).concat().rsplit(':').next().unwrap().to_owned();
        assert_ne!(hash("calls", "203.0.113.9"), hash("sessions", "203.0.113.9"));
        assert_ne!(hash("calls", "203.0.113.9"), hash("calls", "203.0.113.8"));
        assert_ne!(names(&[1]).of("calls", "x"), names(&[2]).of("calls", "x"), "they depend on the key");
    }

    #[test]
    fn servers_in_neighbouring_steps_of_a_rotation_have_a_name_in_common() {
        let steps: [&[u8]; 4] = [&[1], &[1, 2], &[2, 1], &[2]];
        for pair in steps.windows(2) {
            let [before, after] = pair else { continue };
            let (before, after) = (names(before).of("calls", "x"), names(after).of("calls", "x"));
            assert!(before.iter().any(|name| after.contains(name)), "{before:?} {after:?}");
        }
    }
}
