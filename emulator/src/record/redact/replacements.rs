//! Which replacement a value has: drawn at random when the value is first seen, and kept in memory until the recording
//! ends. Nothing that is written can be turned back into the value.

use std::collections::{HashMap, HashSet};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// How often another replacement is drawn because one is taken.
const DRAWS: usize = 50;

/// Values and their replacements.
pub(super) struct Replacements {
    random: Draw,
    of: HashMap<String, String>,
    taken: HashSet<String>,
}

/// Only how many there are: they are secret.
impl std::fmt::Debug for Replacements {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Replacements({})", self.of.len())
    }
}

impl Replacements {
    /// Seeded by the operating system.
    pub(super) fn from_system() -> Self {
        Self { random: Draw(StdRng::from_seed(rand::random())), of: HashMap::new(), taken: HashSet::new() }
    }

    /// The replacement of this value. `draw` makes one; it is called again while another value has the same.
    pub(super) fn of(&mut self, value: &str, draw: impl Fn(&mut Draw) -> String) -> String {
        if let Some(known) = self.of.get(value) {
            return known.clone();
        }
        let mut replacement = draw(&mut self.random);
        for _ in 0..DRAWS {
            if replacement != value && !self.taken.contains(&replacement) {
                break;
            }
            replacement = draw(&mut self.random);
        }
        self.taken.insert(replacement.clone());
        self.of.insert(value.to_owned(), replacement.clone());
        replacement
    }

    /// The name of this host, with its port if it has one.
    pub(super) fn host(&mut self, authority: &str) -> String {
        self.of(&host_key(authority), |random| format!("{}.example", random.letters(8)))
    }

    /// Names a host.
    pub(super) fn set_host(&mut self, authority: &str, name: &str) {
        self.of.insert(host_key(authority), name.to_owned());
        self.taken.insert(name.to_owned());
    }
}

/// Hosts have no case.
fn host_key(authority: &str) -> String {
    authority.to_lowercase()
}

/// A source of random characters.
pub(super) struct Draw(StdRng);

impl Draw {
    /// One of these characters.
    pub(super) fn one_of(&mut self, alphabet: &[u8]) -> char {
        let at = self.0.random_range(0..alphabet.len().max(1));
        char::from(alphabet.get(at).copied().unwrap_or(b'x'))
    }

    /// That many of these characters.
    pub(super) fn some_of(&mut self, alphabet: &[u8], count: usize) -> String {
        (0..count).map(|_| self.one_of(alphabet)).collect()
    }

    /// Lower-case letters.
    pub(super) fn letters(&mut self, count: usize) -> String {
        self.some_of(b"abcdefghijklmnopqrstuvwxyz", count)
    }

    /// A number below the limit.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        self.0.random_range(0..limit.max(1))
    }
}
