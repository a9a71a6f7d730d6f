//! Compiles programs of this repository. Not here: the widget itself, which becomes WebAssembly (`program.rs`).

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use crate::{process, workspace};

/// The command that compiles the programs of these packages, and nothing else of them. They are compiled quickly and
/// run slower, and share their dependencies with this program.
pub(crate) fn command(packages: &[&str]) -> Command {
    let mut cargo = process::command("cargo", &["build", "--bins"]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    cargo
}

/// Compiles the program that is named like its package, and says where it is.
pub(crate) fn program(package: &str) -> anyhow::Result<PathBuf> {
    process::run(&mut command(&[package]))?;
    Ok(workspace::built_program("debug", package))
}

/// Compiles it with optimizations, for measuring.
pub(crate) fn optimized(package: &str) -> anyhow::Result<PathBuf> {
    process::run(command(&[package]).arg("--release"))?;
    Ok(workspace::built_program("release", package))
}

/// Compiles it with optimizations for another target, whose standard library and linker have to be there.
pub(crate) fn optimized_for(package: &str, target: &str) -> anyhow::Result<PathBuf> {
    process::run(command(&[package]).args(["--release", "--target", target]))?;
    let suffix = if target.contains("windows") { ".exe" } else { "" };
    Ok(workspace::target().join(target).join("release").join(format!("{package}{suffix}")))
}

/// Runs such a program in the caller's folder, so that relative paths are right. Its output and its exit code become
/// ours.
pub(crate) fn and_run(package: &str, args: &[String]) -> anyhow::Result<ExitCode> {
    let mut cargo = Command::new("cargo");
    process::run_visibly(cargo.args(["run", "--quiet", "--package", package, "--"]).args(args))
}
