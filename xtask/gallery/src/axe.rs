//! What axe-core finds in the entries, each on a page of its own: light and dark, narrow and wide. Beside
//! it, that nothing is wider than a small telephone. Never here: a rule that is switched off.

use crate::entry::Entry;
use crate::viewer::{SCHEMES, Viewer, WIDTHS, half, serve};
use anyhow::{Context as _, Result};
use okta_e2e::Site;
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Every rule of WCAG 2.2 A and AA, and the best practices.
const RUN: &str = "axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
}).then(({ violations }) => violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, html }) => `${target.join(' ')}  ${html.slice(0, 160)}`),
})))";

const FITS: &str = "document.documentElement.scrollWidth <= window.innerWidth";

/// A rule that was broken.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

/// Looks at all entries; prints what is wrong, and last the count of entries that passed and failed.
pub(crate) async fn run(folder: &Path, entries: &[Entry], script: &Path) -> Result<ExitCode> {
    let source = fs::read_to_string(script).with_context(|| format!("{} cannot be read", script.display()))?;
    let site = serve(folder).await?;
    let (one, other) = tokio::try_join!(check(&site, entries, 0, &source), check(&site, entries, 1, &source))?;
    let failed = one + other;
    println!("test result: {} passed; {failed} failed; 0 ignored", entries.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Looks at one half; how many entries failed. The page stays, and axe with it: only its body changes.
async fn check(site: &Site, entries: &[Entry], which: usize, source: &str) -> Result<usize> {
    let viewer = Viewer::start(site).await?;
    viewer.bring(source).await?;
    let mut failed = 0;
    for (place, entry) in half(entries, which).enumerate() {
        if place == 0 {
            viewer.open(entry, "").await?;
        } else {
            viewer.show(entry).await?;
        }
        let faults = faults(&viewer).await.with_context(|| entry.name.clone())?;
        for fault in &faults {
            println!("{}: {fault}", entry.name);
        }
        failed += usize::from(!faults.is_empty());
    }
    viewer.close().await?;
    Ok(failed)
}

/// Every fault of an entry, with the looks it was first seen in.
async fn faults(viewer: &Viewer) -> Result<Vec<String>> {
    let mut seen: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for width in WIDTHS {
        for scheme in SCHEMES {
            viewer.prefer(width, &[("prefers-color-scheme", scheme)]).await?;
            for Violation { id, help, nodes } in serde_json::from_value::<Vec<Violation>>(viewer.evaluate(RUN).await?)?
            {
                let fault = format!("{id}: {help}\n    {}", nodes.join("\n    "));
                if !seen.contains(&fault) {
                    faults.push(format!("{width} {scheme} {fault}"));
                    seen.push(fault);
                }
            }
        }
        if viewer.evaluate(FITS).await? != Value::Bool(true) {
            faults.push(format!("{width}: has to be scrolled sideways"));
        }
    }
    Ok(faults)
}
