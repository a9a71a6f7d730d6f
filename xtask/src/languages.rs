//! Has the `okta-languages` program check the messages of every language, with the files that the bundle has of them. Not here:
//! what it checks, and the table that it prints.

use std::process::{Command, ExitCode};

use crate::{bundle, process, scripts, workspace};

/// Checks them and prints the table.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    process::run_visibly(&mut command())
}

/// The run of the program.
pub(crate) fn command() -> Command {
    let mut cargo = process::command("cargo", &["run", "--quiet", "--package", bundle::LANGUAGES, "--", "check"]);
    let files = workspace::dist().join(scripts::languages::FOLDER);
    if files.is_dir() {
        cargo.arg("--files").arg(files);
    }
    cargo
}
