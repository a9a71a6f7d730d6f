//! What `cargo xtask e2e` tells the journeys: where the built programs and the browser are. Only
//! read here, never guessed: without it nothing would be known to be up to date.

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

/// Where pictures and page sources go.
pub(crate) fn output_folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "test-output"].iter().collect()
}
