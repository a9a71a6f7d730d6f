//! The program around the library: reads and writes files. Not here: how a page changes.
#![allow(clippy::print_stdout, reason = "a command-line program's job is to print")]

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Parser;
use okta_prerender::{source, with_forms, with_styles};

/// Puts the start form into pages.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask prerender")]
struct Cli {
    /// Pages with an `<okta-sign-in>`, changed in place; without any, the form with its defaults is printed
    pages: Vec<PathBuf>,
    /// Put this style sheet into the pages too, in the place of the link to it
    #[arg(long, value_name = "CSS", requires = "pages")]
    inline_styles: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let read = |file: &PathBuf| fs::read_to_string(file).with_context(|| file.display().to_string());
    let css = cli.inline_styles.as_ref().map(read).transpose()?;
    for page in &cli.pages {
        let context = || page.display().to_string();
        let mut html = with_forms(&read(page)?).with_context(context)?;
        if let Some(css) = &css {
            html = with_styles(&html, css).with_context(context)?;
        }
        fs::write(page, html).with_context(context)?;
    }
    if cli.pages.is_empty() {
        let snippet = with_forms("<okta-sign-in base-url=\"https://example.okta.com\"></okta-sign-in>")?;
        println!("{snippet}");
    }
    if let Some(css) = &css {
        println!("A Content Security Policy allows the style sheet by this source in style-src: {}", source(css));
    }
    Ok(())
}
