//! The sources of the standard library and the crates that it depends on, for builds that compile it along. Not here:
//! how it is compiled (`program.rs`).

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use crate::{action_required::ActionRequired, process};

/// Makes the sources available: a machine that never compiled the standard library has neither these nor the crates,
/// and a build that is offline, as Trunk's is, can't fetch them.
pub(crate) fn fetch() -> anyhow::Result<()> {
    let sysroot = sysroot()?;
    let library =
        ["lib", "rustlib", "src", "rust", "library"].iter().fold(sysroot.clone(), |path, part| path.join(part));
    if !library.is_dir() {
        install()?;
        if !library.is_dir() {
            bail!("rust-src is installed, but there is no {}", library.display());
        }
    }
    // In that folder, because cargo takes the crates from the lock file beside it; with `--manifest-path` it does not.
    let mut fetch = process::command("cargo", &["fetch", "--locked"]);
    // rust-toolchain.toml does not apply there.
    if let Some(toolchain) = sysroot.file_name() {
        fetch.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    process::run(fetch.current_dir(library).env("RUSTC_BOOTSTRAP", "1"))
        .context("the crates that the standard library depends on could not be fetched; the first time needs a network")
}

/// Adds the sources to the toolchain of rust-toolchain.toml.
fn install() -> anyhow::Result<()> {
    if process::on_path("rustup").is_none() {
        return Err(ActionRequired::new(
            "The standard library's sources are missing, and so is rustup to add them. \
             Install the component rust-src of this toolchain, then run this again.",
        )
        .into());
    }
    eprintln!("  rust-src: installing...");
    process::run(&mut process::command("rustup", &["component", "add", "rust-src"]))
}

fn sysroot() -> anyhow::Result<PathBuf> {
    let output = process::output(&mut process::command("rustc", &["--print", "sysroot"]));
    let output = output.filter(|output| output.status.success()).context("rustc does not say where it is")?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}
