//! What a page that stays open keeps of widgets that are gone: the same rounds again and again in one page, and what the
//! browser counts meanwhile. Ours has to stay flat; the figures of the peer are for comparison. Not here: what a round
//! does in the page (`pages/leaks`).

mod census;
mod report;
mod rounds;
mod rule;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    leaks::{
        census::Census,
        rounds::{Kind, Places, Widget},
    },
    machine::Machine,
};

/// What is measured, and where it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The built bundle
    #[arg(long)]
    dist: PathBuf,
    /// The folder of npm packages with okta-signin-widget, to measure it too
    #[arg(long)]
    peers: Option<PathBuf>,
    /// Only the rounds whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Write the tables into this file too
    #[arg(long)]
    out: Option<PathBuf>,
}

/// What was counted in one page: after so many rounds, this.
#[derive(Debug)]
pub(crate) struct Series {
    kind: Kind,
    widget: Widget,
    points: Vec<(u32, Census)>,
}

/// Measures all, prints the tables, and fails where the widget does not stay flat.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let machine = Machine::here().await?;
    let peer = options.peers.as_ref().map(|peers| peers.join("@okta/okta-signin-widget"));
    let version = peer.as_deref().map(version).transpose()?;
    let mut all = Vec::new();
    for kind in Kind::ALL {
        if options.only.as_ref().is_some_and(|only| !kind.name().contains(only.as_str())) {
            continue;
        }
        for widget in [Widget::Ours, Widget::Peer].into_iter().filter(|widget| kind.exists_in(*widget)) {
            let folder = match (widget, &peer) {
                (Widget::Ours, _) => options.dist.clone(),
                (Widget::Peer, Some(peer)) => peer.join("dist"),
                (Widget::Peer, None) => continue,
            };
            eprintln!("{}: {}", kind.name(), widget.name());
            let points = kind.points();
            let what = format!("{} of {}", kind.name(), widget.name());
            let points = rounds::measure(kind, widget, &Places { folder }, points).await.context(what)?;
            let series = Series { kind, widget, points };
            eprintln!("{}", report::table(&series));
            all.push(series);
        }
    }
    ensure!(!all.is_empty(), "no rounds are called so");
    let faults: Vec<String> = all.iter().flat_map(rule::faults).collect();
    let tables = report::tables(&machine, version.as_deref(), &all, &faults);
    println!("{tables}");
    if let Some(out) = &options.out {
        fs::write(out, &tables).with_context(|| out.display().to_string())?;
    }
    ensure!(faults.is_empty(), "the widget does not stay flat:\n{}", faults.join("\n"));
    Ok(())
}

fn version(package: &Path) -> anyhow::Result<String> {
    let file = package.join("package.json");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let package: Value = serde_json::from_str(&text)?;
    Ok(package.get("version").and_then(Value::as_str).context("a package without a version")?.to_owned())
}
