//! Handing recorded responses to the `okta-replay` program. What it prints, and when it fails, is
//! entirely that program's business.

use std::process::ExitCode;

use anyhow::Context as _;

/// Runs the program in the caller's folder, so that relative paths mean what they say.
pub(crate) fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let status = std::process::Command::new("cargo")
        .args(["run", "--quiet", "--package", "okta-replay", "--"])
        .args(args)
        .status()
        .context("could not start cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}
