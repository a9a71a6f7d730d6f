//! The servers, called in process: the backend hook, whose org is made here, and the emulator. Not here: sockets, which no
//! target opens.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a target fails by panicking"
)]

pub mod emulator;
#[cfg(test)]
#[path = "../../src/fixtures.rs"]
mod fixtures;
pub mod hook;
pub mod hook_cookie;
pub mod hook_json;
#[path = "../../src/input.rs"]
mod input;
mod mutate;
mod runtime;
mod secret;

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets of this package.
pub const TARGETS: [Target; 4] = [
    ("emulator", emulator::run),
    ("hook", hook::run),
    ("hook_cookie", hook_cookie::run),
    ("hook_json", hook_json::run),
];

#[cfg(test)]
mod tests {
    use crate::{TARGETS, fixtures};
    use std::path::Path;

    #[test]
    fn no_fixture_fails_again() {
        fixtures::run(&TARGETS, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"));
    }
}
