//! `okta-emulator init [FILE]`: writes a configuration to begin with.
//!
//! Not here: its text (`init.toml`).

use std::{
    fs::File,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::Outcome;

/// A commented configuration with two users.
const TEXT: &str = include_str!("init.toml");

/// Writes a commented configuration, which `--config FILE` reads.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The file to write; `-` prints it.
    #[arg(default_value = "okta-emulator.toml")]
    file: PathBuf,

    /// Overwrites a file that exists.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(init: &Init) -> Outcome {
    if init.file == Path::new("-") {
        io::stdout().write_all(TEXT.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = init.file.display();
    let mut options = File::options();
    options.write(true);
    if init.force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.open(&init.file).and_then(|mut file| file.write_all(TEXT.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{file} exists. `okta-emulator init --force {file}` overwrites it."),
        _ => format!("{file} can not be written: {error}"),
    })?;
    println!("{file} is written. `okta-emulator --config {file}` starts an org with it.");
    Ok(ExitCode::SUCCESS)
}
