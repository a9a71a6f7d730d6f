//! Variables that `cargo xtask e2e` sets: paths of the built programs and of the browser. There are no
//! defaults, because only the command knows that the programs are up to date.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// A path from the environment.
pub(crate) fn path(name: &str) -> Result<PathBuf> {
    text(name).map(PathBuf::from)
}

/// A text from the environment.
pub(crate) fn text(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: run `cargo xtask e2e`"))
}

/// The folder of screenshots and page sources.
pub(crate) fn output_folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "test-output"].iter().collect()
}
