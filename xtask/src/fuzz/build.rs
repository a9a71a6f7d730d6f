//! Compiles the programs of the targets: with libFuzzer, and with counters at each edge of the control flow. Not here:
//! running them.
//!
//! These are the flags that `cargo fuzz build --sanitizer none` gives to the compiler, and the folders are those of
//! cargo-fuzz, so it can be used as well. It is not needed: installing it would take longer than this does, and the
//! sanitizers that it adds need a nightly compiler and find mistakes in `unsafe` code, which this project does not have.

use std::{env, path::PathBuf, process::Command};

use anyhow::Context as _;

use super::{fuzz, targets::Target};
use crate::{process, workspace};

/// What makes the compiler count edges and tell comparisons.
const COVERAGE: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "--cfg=fuzzing",
];

/// Compiles the programs of these targets.
pub(super) fn programs(targets: &[&Target]) -> anyhow::Result<()> {
    let mut packages: Vec<&str> = targets.iter().map(|target| target.package).collect();
    packages.sort_unstable();
    packages.dedup();
    let mut cargo = process::command("cargo", &["build", "--release", "--locked", "--manifest-path"]);
    cargo.arg(fuzz().join("Cargo.toml"));
    for package in packages {
        cargo.args(["--package", package]);
    }
    for target in targets {
        cargo.args(["--bin", target.name]);
    }
    // With a target, the flags are not for build scripts and macros.
    cargo.args(["--target", &host()?, "--target-dir"]).arg(folder());
    let mut flags = env::var("RUSTFLAGS").unwrap_or_default();
    for flag in COVERAGE {
        flags.push(' ');
        flags.push_str(flag);
    }
    cargo.env("RUSTFLAGS", flags.trim()).env_remove("CARGO_TARGET_DIR");
    process::run(&mut cargo)
}

/// Where the program of a target is.
pub(super) fn program(target: &Target) -> anyhow::Result<PathBuf> {
    Ok(folder().join(host()?).join("release").join(format!("{}{}", target.name, env::consts::EXE_SUFFIX)))
}

fn folder() -> PathBuf {
    workspace::target().join("fuzz")
}

/// This machine, as the compiler names it.
fn host() -> anyhow::Result<String> {
    let output = process::output(Command::new("rustc").arg("-vV")).context("could not start rustc")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say which machine this is")?.to_owned())
}
