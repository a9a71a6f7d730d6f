//! The program around the library, which the build runs. Not here: what is written.
#![allow(clippy::print_stderr, reason = "a command-line program's job is to print")]

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Parser;

/// Writes the messages of every language as the page's scripts load them.
#[derive(Debug, Parser)]
struct Cli {
    /// The folder to write into
    out: PathBuf,
    /// The part of the program with the first form
    #[arg(long, value_name = "WASM")]
    core: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let Cli { out, core } = Cli::parse();
    let core = fs::read(&core).with_context(|| core.display().to_string())?;
    let catalogues = okta_languages::all()?;
    let firsts = okta_languages::files::write(&out, &core, &catalogues)?;
    eprintln!("{} languages, {firsts} messages of the first form", catalogues.len());
    Ok(())
}
