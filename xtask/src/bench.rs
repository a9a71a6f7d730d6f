//! Has the `okta-bench` program measure the first form beside others. Not here: what it visits and how it measures.

use std::{path::PathBuf, process::ExitCode};

use crate::{browser, bundle, compile, emulator, journeys, npm, process, tools, workspace};

/// Builds everything in release, installs what is measured beside it, and measures.
pub(crate) fn run(args: &[String], record: bool) -> anyhow::Result<ExitCode> {
    let tools = tools::setup_build()?;
    let chromium = browser::setup()?;
    npm::needed("what is measured beside the widget")?;
    let peers = workspace::root().join("xtask").join("bench").join("peers");
    npm::ci(&peers)?;
    bundle::build(&tools, bundle::Options::SMALLEST)?;
    let smallest = workspace::root().join("target").join("dist-smallest");
    workspace::replace_folder(&workspace::dist(), &smallest)?;
    bundle::build(&tools, bundle::Options::default())?;
    let org = compile::optimized(emulator::PACKAGE)?;

    let mut bench = process::command("cargo", &["run", "--quiet", "--release", "--package", "okta-bench", "--"]);
    bench
        .arg("--dist")
        .arg(workspace::dist())
        .arg("--smallest")
        .arg(smallest)
        .arg("--peers")
        .arg(peers.join("node_modules"))
        .args(args);
    if record {
        bench.arg("--record").arg(page());
    }
    journeys::name_browser(&mut bench, &chromium);
    bench.env("OKTA_E2E_EMULATOR", org);
    process::run_visibly(&mut bench)
}

/// The page that holds the tables.
fn page() -> PathBuf {
    workspace::root().join("docs").join("performance.md")
}
