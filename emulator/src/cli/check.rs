//! `okta-emulator check FILE`: whether the emulator would start with this configuration.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use okta_emulator::Seed;

/// What a file that cannot be read ends with, as wrong options do.
const UNREADABLE: u8 = 2;

/// Says what is wrong in a configuration file: `FILE:LINE: what is wrong and what to do`, one line for each mistake.
/// Exits with 0 if there is none, with 1 if there are some, and with 2 if the file can not be read.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The configuration file.
    file: PathBuf,
}

pub(super) fn run(check: &Check) -> ExitCode {
    match Seed::read(&check.file) {
        Ok(_) => {
            println!("{}: no mistakes", check.file.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            if error.is_unreadable() { ExitCode::from(UNREADABLE) } else { ExitCode::FAILURE }
        }
    }
}
