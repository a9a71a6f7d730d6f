//! Has the `okta-prerender` program put the first form into pages. Not here: what it puts there, and where.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use crate::{compile, process, workspace};

/// The program.
pub(crate) const PACKAGE: &str = "okta-prerender";

/// Puts the first form into a page, with the program as it was compiled.
pub(crate) fn into(page: &Path) -> anyhow::Result<()> {
    process::run(Command::new(workspace::built_program("debug", PACKAGE)).arg(page))
}

/// Runs the program with these arguments.
pub(crate) fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    compile::and_run(PACKAGE, args)
}
