//! Having the `okta-prerender` program put the first form into pages. What it puts there, and where, is
//! entirely that program's business.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;

use crate::process;

/// Puts the first form into a page.
pub(crate) fn into(page: &Path) -> anyhow::Result<()> {
    process::run(program(&mut process::command("cargo", &[])).arg(page))
}

/// Runs the program in the caller's folder, so that relative paths mean what they say.
pub(crate) fn run(pages: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let status = program(&mut Command::new("cargo")).args(pages).status().context("could not start cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

fn program(cargo: &mut Command) -> &mut Command {
    cargo.args(["run", "--quiet", "--package", "okta-prerender", "--"])
}
