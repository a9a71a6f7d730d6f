//! The gallery: every step, factor, notice and moment of waiting, rendered by the widget's real components
//! from the fixtures, on one page with switches. `write` makes the page; `pictures` and `axe` look at it in
//! a browser. Serving it to people is the caller's business.

#![allow(clippy::print_stdout, reason = "a command-line program's job is to print")]

mod axe;
mod entries;
mod entry;
mod fixture;
mod page;
mod pictures;
mod viewer;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Renders every screen of the widget, and looks at them.
#[derive(Debug, Parser)]
#[command(name = "gallery", version)]
struct Arguments {
    /// The gallery's folder, which is written anew
    folder: PathBuf,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What is done with the gallery once it is written.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Save pictures of every entry
    Pictures {
        /// Where they go
        out: PathBuf,
    },
    /// Have axe-core look at every entry
    Axe {
        /// The script of axe-core
        script: PathBuf,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let Arguments { folder, verb } = Arguments::parse();
    let sections = entries::sections()?;
    page::write(&folder, &sections)?;
    let entries: Vec<_> = sections.into_iter().flat_map(|section| section.entries).collect();
    println!("{} entries in {}", entries.len(), folder.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match verb {
        None => Ok(ExitCode::SUCCESS),
        Some(Verb::Pictures { out }) => runtime.block_on(pictures::take(&folder, &entries, &out)),
        Some(Verb::Axe { script }) => runtime.block_on(axe::run(&folder, &entries, &script)),
    }
}
