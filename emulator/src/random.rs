//! Random ids, tokens, codes and salts. The generator is part of the org's state, so that operations have no
//! hidden input.

use data_encoding::BASE64URL_NOPAD;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The org's source of randomness.
#[derive(Debug)]
pub(crate) struct Random(StdRng);

impl Random {
    /// Seeded by the operating system.
    pub(crate) fn from_system() -> Self {
        Self(StdRng::from_seed(rand::random()))
    }

    /// Random bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// An object id: 20 characters that begin with the prefix of its type.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.letters(prefix, 20)
    }

    /// An error's id.
    pub(crate) fn error_id(&mut self) -> String {
        self.letters("oae", 25)
    }

    /// The id of an event of the log.
    pub(crate) fn uuid(&mut self) -> String {
        let hex = data_encoding::HEXLOWER.encode(&self.bytes::<16>());
        let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
        [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
    }

    fn letters(&mut self, prefix: &str, length: usize) -> String {
        let mut text = prefix.to_owned();
        while text.len() < length {
            let at = self.0.random_range(0..LETTERS.len());
            text.extend(LETTERS.get(at).copied().map(char::from));
        }
        text
    }

    /// A token of 42 characters.
    pub(crate) fn token(&mut self) -> String {
        format!("00{}", BASE64URL_NOPAD.encode(&self.bytes::<30>()))
    }

    /// A password that meets common password policies.
    pub(crate) fn temporary_password(&mut self) -> String {
        format!("{}aB7", self.letters("", 8))
    }

    /// A challenge of 15 bytes, written as 20 characters.
    pub(crate) fn challenge(&mut self) -> String {
        BASE64URL_NOPAD.encode(&self.bytes::<15>())
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0.random_range(0..limit.max(1))
    }

    /// A one-time code of this many digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.0.random_range(0..10_u8))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_values_have_the_right_length() {
        let mut random = Random::from_system();
        assert_eq!(random.id("00u").len(), 20);
        assert_eq!(random.token().len(), 42);
        assert_eq!(random.challenge().len(), 20);
        assert_eq!(random.digits(6).len(), 6);
        assert_ne!(random.token(), random.token());
    }
}
