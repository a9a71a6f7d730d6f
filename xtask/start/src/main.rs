//! What `cargo xtask` runs: has the commands in `xtask` compiled, and runs the one that is asked for. It has no
//! dependency, so on a machine that has compiled nothing yet it says within seconds what happens and how long it
//! takes. Not here: a command.
#![allow(clippy::print_stderr, reason = "a command-line program's job is to print")]

use std::{
    env,
    process::{Command, ExitCode},
};

fn main() -> ExitCode {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--package", "xtask"]);
    if is_compiled() {
        // A change is compiled in seconds.
        cargo.arg("--quiet");
    } else {
        eprintln!(
            "Compiling the commands of this repository first: about a minute on two cores.\n\
             The command then says itself what it does and how long that takes."
        );
    }
    run(cargo.arg("--").args(env::args_os().skip(1)))
}

/// Whether the commands were compiled before: cargo puts them beside this program.
fn is_compiled() -> bool {
    env::current_exe().is_ok_and(|here| here.with_file_name(format!("xtask{}", env::consts::EXE_SUFFIX)).is_file())
}

/// Becomes the command, so that signals reach it alone.
#[cfg(unix)]
fn run(command: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    failed(&command.exec())
}

#[cfg(not(unix))]
fn run(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => failed(&error),
    }
}

fn failed(error: &std::io::Error) -> ExitCode {
    eprintln!("error: could not start cargo: {error}");
    ExitCode::FAILURE
}
