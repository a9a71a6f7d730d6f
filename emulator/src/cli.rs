//! The command line: without a command, the server; the other commands are in one file each below `cli/`.
//!
//! Not here: options of one command.

mod check;
mod doctor;
mod health;
mod init;
mod record;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// An emulator of an Okta classic org, for demos and tests. Without a command it serves the org.
#[derive(Debug, Parser)]
#[command(name = "okta-emulator", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Check(check::Check),
    Doctor(doctor::Doctor),
    Health(health::Health),
    Record(record::Record),
}

/// How a command ends: its exit code, or an error that is printed and ends the program with 1. Wrong options end it
/// with 2.
type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs what the command line asks for.
pub(crate) fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        None => serve::run(&arguments.serve),
        Some(Command::Init(init)) => init::run(init),
        Some(Command::Check(check)) => Ok(check::run(check)),
        Some(Command::Doctor(doctor)) => doctor::run(doctor),
        Some(Command::Health(health)) => health::run(health),
        Some(Command::Record(record)) => record::run(record),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
