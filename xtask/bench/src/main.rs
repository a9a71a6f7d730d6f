//! Measures speed and size of the first form, compared with other widgets, in one run. Each contender is a page on
//! its own origin, served the same way. Each round visits all of them, so that other load of the machine affects all
//! alike. Not here: limits that fail a build, because machines differ.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program's job is to print")]

mod chart;
mod contender;
mod figures;
mod journey;
mod leaks;
mod load;
mod machine;
mod mounts;
mod profile;
mod recorded;
mod report;
mod site;
mod visit;

use std::{fs, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Parser, Subcommand};
use okta_e2e::Org;
use serde_json::json;

use crate::{
    contender::{BEFORE, Contender, Folders},
    figures::Figures,
    machine::Machine,
    profile::Profile,
    site::Site,
};

/// Measures the first form and compares it with other widgets.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench", subcommand_negates_reqs = true, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    other: Option<Other>,
    #[command(flatten)]
    speed: Option<Speed>,
}

/// What is measured beside speed.
#[derive(Debug, Subcommand)]
enum Other {
    /// What a page that stays open keeps of widgets that are gone
    Leaks(leaks::Options),
}

#[derive(Debug, Args)]
struct Speed {
    #[command(flatten)]
    folders: Folders,
    /// Number of visits per page
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Only contenders whose name contains this, and an earlier build
    #[arg(long)]
    only: Option<String>,
    /// Write all figures into this file, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the tables into this page, between its markers, and the picture into its folder images
    #[arg(long)]
    record: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match Cli::parse() {
        Cli { other: Some(Other::Leaks(options)), .. } => runtime.block_on(leaks::run(&options)),
        Cli { speed: Some(speed), .. } => runtime.block_on(run(&speed)),
        Cli { .. } => bail!("nothing is to be measured: see --help"),
    }
}

async fn run(cli: &Speed) -> anyhow::Result<()> {
    let mut org = Org::start().await?;
    let mut sites = Vec::new();
    // The renderer starts a runtime, which must not run within another one.
    let contenders = tokio::task::block_in_place(|| contender::all(&cli.folders, org.address()))?;
    for contender in contenders {
        let is_named = |only: &String| contender.name == BEFORE || contender.name.contains(only.as_str());
        if cli.only.as_ref().is_none_or(is_named) {
            let site = Site::start(contender).await?;
            org.trust(&site.origin).await?;
            sites.push(site);
        }
    }
    if sites.is_empty() {
        bail!("no contender is called so");
    }

    let machine = Machine::here().await?;
    let mut figures = Figures::default();
    // One round without measuring: fills the compression cache and the machine's caches.
    for site in &sites {
        eprintln!("warming up: {}", site.contender.name);
        load::measure(site, Profile::Fast, &mut Figures::default()).await?;
    }
    for round in 1..=cli.runs {
        for site in &sites {
            eprintln!("round {round} of {}: {}", cli.runs, site.contender.name);
            for profile in [Profile::Slow, Profile::Fast] {
                load::measure(site, profile, &mut figures).await.with_context(|| site.contender.name)?;
            }
            if site.contender.uses_org() {
                journey::measure(site, &org, &mut figures).await.with_context(|| site.contender.name)?;
                mounts::measure(site, &mut figures).await.with_context(|| site.contender.name)?;
            }
        }
    }

    let names: Vec<&str> = sites.iter().map(|site| site.contender.name).collect();
    let tables = report::tables(&machine, &names, &figures, cli.runs);
    println!("{tables}");
    if let Some(file) = &cli.json {
        let all = json!({ "machine": machine, "figures": figures });
        fs::write(file, serde_json::to_string_pretty(&all)?).with_context(|| file.display().to_string())?;
    }
    if let Some(page) = &cli.record {
        report::record(page, &tables)?;
    }
    Ok(())
}

/// The result of a measurement.
pub(crate) type Measured = anyhow::Result<()>;

impl Contender {
    /// Whether a whole sign-in with the emulated org is measured.
    fn uses_org(&self) -> bool {
        self.journey.is_some()
    }
}
