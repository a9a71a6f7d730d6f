//! Compiles the widget to WebAssembly. How it is optimized is in the profile `widget` of Cargo.toml. Not here: what is
//! made of the compiled program (`bundle.rs`), and where the standard library's sources come from (`std_sources.rs`).

use std::{path::PathBuf, process::Command};

use crate::{bundle::Options, process, std_sources, workspace};

pub(crate) const PACKAGE: &str = "okta-authn-widget";
const PROGRAM: &str = "okta-sign-in-core";
pub(crate) const PROFILE: &str = "widget";
/// The features of the program in two parts.
pub(crate) const FEATURES: &str = "hydration,split";
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The command that compiles the program.
pub(crate) fn command(options: Options) -> anyhow::Result<Command> {
    let mut cargo = process::command("cargo", &["rustc", "--package", PACKAGE, "--bin", PROGRAM]);
    cargo.args(["--profile", PROFILE, "--target", TARGET]);
    if options.smallest {
        std_sources::fetch()?;
        build_std(&mut cargo);
    }
    if options.one_bundle {
        cargo.args(["--features", "hydration"]);
    } else {
        // What splits the program has to know every place that names a function.
        cargo.args(["--features", FEATURES, "--", "-Clink-arg=--emit-relocs"]);
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
