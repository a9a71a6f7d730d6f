//! The state machines, driven by what a fuzzer chooses: intents, times, and answers that are good, broken or hostile. The
//! harness, the events and the promises are those of the crate's own tests, which are compiled once more here. Not here: a
//! rule of a machine.
#![allow(
    dead_code,
    unused_imports,
    clippy::pedantic,
    reason = "files of tests, of which not everything is needed here; their own lints are those of the main workspace"
)]

#[path = "../../../crates/sign-in-flow/tests/flow/any.rs"]
mod any;
#[path = "../../../crates/sign-in-flow/tests/flow/any_manage.rs"]
mod any_manage;
#[cfg(test)]
#[path = "../../src/fixtures.rs"]
mod fixtures;
#[path = "../../../crates/sign-in-flow/tests/flow/harness.rs"]
mod harness;
#[path = "../../../crates/sign-in-flow/tests/flow/hook.rs"]
mod hook;
#[path = "../../../crates/sign-in-flow/tests/flow/responses.rs"]
mod responses;
#[path = "../../../crates/sign-in-flow/tests/flow/settings.rs"]
mod settings;
#[path = "../../../crates/sign-in-flow/tests/flow/transcript.rs"]
mod transcript;

/// A whole sign-in.
pub mod machine {
    /// Each four bytes choose: the options, how it begins, and then one event after the other.
    pub fn run(bytes: &[u8]) {
        crate::any::play(bytes);
    }
}

/// Factor management.
pub mod manage {
    /// Each four bytes choose one event.
    pub fn run(bytes: &[u8]) {
        crate::any_manage::play(bytes);
    }
}

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets of this package.
pub const TARGETS: [Target; 2] = [("machine", machine::run), ("manage", manage::run)];

#[cfg(test)]
mod tests {
    use crate::{TARGETS, fixtures};
    use std::path::Path;

    #[test]
    fn no_fixture_fails_again() {
        fixtures::run(&TARGETS, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"));
    }
}
