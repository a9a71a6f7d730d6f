//! What each fuzz target does with its bytes, as a function that a test can call as well. A target panics when what it
//! checks is not true. Not here: libFuzzer (`fuzz_targets` has a program for each), or which inputs a run begins with
//! (`cargo xtask fuzz`).
//!
//! A target that compares our code with a crate that many others use names that crate in its module.

pub mod base64;
pub mod configuration;
#[cfg(test)]
mod fixtures;
mod input;
pub mod links;
pub mod openid;
pub mod timestamp;
pub mod transaction;
pub mod url_text;

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets of this package.
pub const TARGETS: [Target; 7] = [
    ("base64", base64::run),
    ("configuration", configuration::run),
    ("links", links::run),
    ("openid", openid::run),
    ("timestamp", timestamp::run),
    ("transaction", transaction::run),
    ("url_text", url_text::run),
];

#[cfg(test)]
mod tests {
    use crate::{TARGETS, fixtures};
    use std::path::Path;

    #[test]
    fn no_fixture_fails_again() {
        let number = fixtures::run(&TARGETS, &Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
        assert!(number > 0, "there are no fixtures");
    }
}
