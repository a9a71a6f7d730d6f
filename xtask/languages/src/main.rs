//! The program around the library: the build has it write the messages, people have it check them. Not here: what is
//! written, and what is wrong.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program's job is to print")]

use std::{env, fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use okta_languages::{Sizes, page};

/// Reads the messages of every language in locales/.
#[derive(Debug, Parser)]
#[command(bin_name = "okta-languages")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write the messages of every language as the page's scripts load them
    Write {
        /// The folder to write into
        out: PathBuf,
        /// The part of the program with the first form
        #[arg(long, value_name = "WASM")]
        core: PathBuf,
    },
    /// Print the table of the languages, and what is wrong with them and with the table in docs/languages.md
    Check {
        /// The written files, where they are there: the table has their sizes
        #[arg(long, value_name = "DIR")]
        files: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().verb {
        Verb::Write { out, core } => {
            let core = fs::read(&core).with_context(|| core.display().to_string())?;
            let catalogues = okta_languages::all()?;
            let firsts = okta_languages::files::write(&out, &core, &catalogues)?;
            eprintln!("{} languages, {firsts} messages of the first form", catalogues.len());
            Ok(ExitCode::SUCCESS)
        }
        Verb::Check { files } => check(files),
    }
}

fn check(files: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let (english, others) = (okta_languages::english()?, okta_languages::all()?);
    let sizes = files.map(|folder| Sizes::measure(&folder, &others)).transpose()?.unwrap_or_default();
    println!("{}", page::table(&english, &others, &sizes)?);
    let mut problems = okta_languages::problems(&english, &english);
    for catalogue in &others {
        problems.extend(okta_languages::unsaid(catalogue));
        problems.extend(okta_languages::problems(catalogue, &english));
    }
    problems.extend(page::check(&english, &others, &sizes, env::var_os("UPDATE_EXPECT").is_some())?);
    for problem in &problems {
        println!("{problem}");
    }
    println!("{} problems", problems.len());
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
