//! Runs the tools that are programs: `wasm-opt` and `esbuild`, as found on `PATH`.

use std::process::Command;

use anyhow::{Context as _, bail};

/// Runs a command; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().display().to_string();
    let status = command.status().with_context(|| format!("could not start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}
