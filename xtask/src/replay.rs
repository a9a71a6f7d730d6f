//! Hands recorded responses to the `okta-replay` program. Not here: what it prints, and when it fails.

use std::process::ExitCode;

use crate::compile;

/// Runs the program with these arguments.
pub(crate) fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    compile::and_run("okta-replay", args)
}
