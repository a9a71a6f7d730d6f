//! Handing recorded responses to the `okta-replay` program. What it prints, and when it fails, is
//! entirely that program's business.

use std::process::{Command, ExitCode};

use crate::process;

/// Runs the program in the caller's folder, so that relative paths mean what they say.
pub(crate) fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let mut cargo = Command::new("cargo");
    process::run_visibly(cargo.args(["run", "--quiet", "--package", "okta-replay", "--"]).args(args))
}
