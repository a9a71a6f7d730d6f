//! `okta-emulator check FILE`: whether the emulator would start with this configuration.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use okta_emulator::Seed;

use super::Outcome;

/// Says what is wrong in a configuration file, with file and line. Exits with 0 if nothing is, else with 1.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The configuration file.
    file: PathBuf,
}

pub(super) fn run(check: &Check) -> Outcome {
    Seed::read(&check.file)?;
    println!("{}: no mistakes", check.file.display());
    Ok(ExitCode::SUCCESS)
}
