//! How fast and how heavy the first form is, beside others, in one run. Each contender is a page on an
//! origin of its own, served the same way; each round visits all of them, so that whatever else the machine
//! does meets all alike. Never here: a limit that fails a build; machines differ, ratios are for reading.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program's job is to print")]

mod contender;
mod figures;
mod journey;
mod load;
mod machine;
mod mounts;
mod profile;
mod report;
mod site;
mod visit;

use std::{fs, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Parser;
use okta_e2e::Org;
use serde_json::json;

use crate::{contender::Contender, figures::Figures, machine::Machine, profile::Profile, site::Site};

/// Measures the first form beside others.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Cli {
    /// The built bundle
    #[arg(long)]
    dist: PathBuf,
    /// The bundle built with `--smallest`
    #[arg(long)]
    smallest: PathBuf,
    /// Where npm put what is measured beside it
    #[arg(long)]
    peers: PathBuf,
    /// How often each page is visited
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Only contenders whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Write all figures into this file, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the tables into this page, between its marks
    #[arg(long)]
    record: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(run(&cli))
}

async fn run(cli: &Cli) -> anyhow::Result<()> {
    let mut org = Org::start().await?;
    let mut sites = Vec::new();
    // The form is rendered on a runtime of its own.
    let contenders =
        tokio::task::block_in_place(|| contender::all(&cli.dist, &cli.smallest, &cli.peers, org.address()))?;
    for contender in contenders {
        if cli.only.as_ref().is_none_or(|only| contender.name.contains(only.as_str())) {
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
    // Once without measuring: files are compressed, and caches of the machine filled.
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
            if site.contender.speaks_to_org() {
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

/// What every visit asks of a contender.
pub(crate) type Measured = anyhow::Result<()>;

impl Contender {
    /// Whether it goes through a whole sign-in with the emulated org.
    fn speaks_to_org(&self) -> bool {
        self.journey.is_some()
    }
}
