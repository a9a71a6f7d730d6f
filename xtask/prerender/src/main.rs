//! The program around the library: files in, files out.
#![allow(clippy::print_stdout, reason = "a command-line program's job is to print")]

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Parser;
use okta_prerender::with_forms;

/// Puts the first form into pages.
#[derive(Debug, Parser)]
struct Cli {
    /// Pages with an `<okta-sign-in>`, changed in place; none prints the form for the usual attributes
    pages: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    for page in &cli.pages {
        let named = || page.display().to_string();
        let html = fs::read_to_string(page).with_context(named)?;
        fs::write(page, with_forms(&html).with_context(named)?).with_context(named)?;
    }
    if cli.pages.is_empty() {
        let snippet = with_forms("<okta-sign-in base-url=\"https://example.okta.com\"></okta-sign-in>")?;
        println!("{snippet}");
    }
    Ok(())
}
