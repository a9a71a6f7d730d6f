//! The program `okta-emulator`. Not here: the command line (`cli.rs`), the org (the library).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
