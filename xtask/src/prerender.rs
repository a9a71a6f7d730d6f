//! Having the `okta-prerender` program put the first form into pages. What it puts there, and where, is
//! entirely that program's business.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use crate::process;

/// Puts the first form into a page.
pub(crate) fn into(page: &Path) -> anyhow::Result<()> {
    process::run(program(&mut process::command("cargo", &[])).arg(page))
}

/// Runs the program with these arguments in the caller's folder, so that relative paths mean what they say.
pub(crate) fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    process::run_visibly(program(&mut Command::new("cargo")).args(args))
}

fn program(cargo: &mut Command) -> &mut Command {
    cargo.args(["run", "--quiet", "--package", "okta-prerender", "--"])
}
