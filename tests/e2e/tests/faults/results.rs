//! The results of the cells, as lines of JSON, which `cargo xtask faults` makes a table of. Not here: what is checked.

use std::{fs::OpenOptions, io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;

/// What came of one cell.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Outcome {
    pub(crate) engine: String,
    pub(crate) phase: &'static str,
    pub(crate) fault: &'static str,
    /// Why the cell makes no sense, or can't be made in this engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) skipped: Option<&'static str>,
    /// What failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<String>,
    /// What the person reads.
    pub(crate) reads: String,
    /// What was typed and is still there.
    pub(crate) kept: Vec<&'static str>,
    /// What the person presses until the landing page is there.
    pub(crate) way: Vec<String>,
    /// How often the page sent a password, and how often the person pressed the button for that.
    pub(crate) passwords: [usize; 2],
    pub(crate) milliseconds: u64,
}

/// Writes one line.
pub(crate) fn write(outcome: &Outcome) -> Result<()> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "test-output"].iter().collect();
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("faults.jsonl");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).context("could not write results")?;
    // In one piece: rows run side by side.
    file.write_all(format!("{}\n", serde_json::to_string(outcome)?).as_bytes())?;
    Ok(())
}
