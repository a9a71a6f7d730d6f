//! Compiles the widget to WebAssembly. How it is optimized is in the profile `widget` of Cargo.toml. Not here: what is
//! made of the compiled program (`bundle.rs`).

use std::{path::PathBuf, process::Command};

use anyhow::{Context as _, bail};

use crate::{bundle::Options, process, workspace};

const PACKAGE: &str = "okta-authn-widget";
const PROGRAM: &str = "okta-sign-in-core";
pub(crate) const PROFILE: &str = "widget";
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The command that compiles the program.
pub(crate) fn command(options: Options) -> anyhow::Result<Command> {
    let mut cargo = process::command("cargo", &["rustc", "--package", PACKAGE, "--bin", PROGRAM]);
    cargo.args(["--profile", PROFILE, "--target", TARGET]);
    if options.smallest {
        fetch_std()?;
        build_std(&mut cargo);
    }
    if options.one_bundle {
        cargo.args(["--features", "hydration"]);
    } else {
        // What splits the program has to know every place that names a function.
        cargo.args(["--features", "hydration,split", "--", "-Clink-arg=--emit-relocs"]);
    }
    Ok(cargo)
}

/// Where the compiled program is.
pub(crate) fn path(options: Options) -> PathBuf {
    let target = if options.smallest { smallest_target() } else { workspace::target() };
    target.join(TARGET).join(PROFILE).join(format!("{PROGRAM}.wasm"))
}

/// A folder of its own, because each kind of build would replace what the other one has compiled.
fn smallest_target() -> PathBuf {
    workspace::root().join("target").join("smallest")
}

/// Has the standard library compiled along, with a panic that is one instruction and no text for `Debug`.
fn build_std(cargo: &mut Command) {
    let flags = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
    cargo
        // The pinned stable compiler takes unstable options: one compiler for both builds.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", flags)
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_DIR", smallest_target());
}

/// Fetches the sources of the standard library and the crates that it depends on. A machine that never compiled it has
/// neither, and cargo looks for these crates where its own lock file is.
fn fetch_std() -> anyhow::Result<()> {
    process::run(&mut process::command("rustup", &["component", "add", "rust-src"]))?;
    let output = process::output(&mut process::command("rustc", &["--print", "sysroot"]));
    let output = output.filter(|output| output.status.success()).context("rustc does not say where it is")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let library = sysroot.join("lib").join("rustlib").join("src").join("rust").join("library");
    if !library.is_dir() {
        bail!("rust-src is installed, but there is no {}", library.display());
    }
    let mut fetch = process::command("cargo", &["fetch"]);
    // In that folder rust-toolchain.toml does not apply.
    if let Some(toolchain) = sysroot.file_name() {
        fetch.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    process::run(fetch.current_dir(library).env("RUSTC_BOOTSTRAP", "1"))
}
