//! The gallery: every step, factor, notice and waiting state, rendered by the widget's components on one page with
//! switches. `page` writes the files; `pictures`, `axe` and `walk` open them in a browser. Not here: serving the gallery
//! (`xtask`).

#![allow(clippy::print_stdout, reason = "a command-line program prints")]

mod axe;
mod dom_state;
mod entries;
mod entry;
mod fixture;
mod page;
mod pictures;
mod viewer;
mod walk;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Renders every screen of the widget; saves screenshots, runs axe-core, or looks for what does not fit.
#[derive(Debug, Parser)]
#[command(name = "gallery", version)]
struct Arguments {
    /// The gallery's folder, which is replaced
    folder: PathBuf,
    /// The language of the screens, by its tag; en-XA is accented English, which is longer
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What to do with the gallery after writing it.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Save screenshots of every entry
    Pictures {
        /// The output folder
        out: PathBuf,
    },
    /// Run axe-core on every entry
    Axe {
        /// The script of axe-core
        script: PathBuf,
    },
    /// Look for untranslated text and for what does not fit, in every language
    Walk,
}

fn main() -> anyhow::Result<ExitCode> {
    let Arguments { folder, language, verb } = Arguments::parse();
    if language != "en" {
        entry::set_text(okta_languages::text(&okta_languages::by_tag(&language)?)?);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(Verb::Walk) = verb {
        return walk::run(&folder, &runtime);
    }
    let sections = entries::sections()?;
    page::write(&folder, &sections)?;
    let entries: Vec<_> = sections.into_iter().flat_map(|section| section.entries).collect();
    println!("{} entries in {}", entries.len(), folder.display());
    match verb {
        None | Some(Verb::Walk) => Ok(ExitCode::SUCCESS),
        Some(Verb::Pictures { out }) => runtime.block_on(pictures::take(&folder, &entries, &out)),
        Some(Verb::Axe { script }) => runtime.block_on(axe::run(&folder, &entries, &script)),
    }
}
