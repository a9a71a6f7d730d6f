//! Runs axe-core on every entry, each on its own page: light and dark, narrow and wide. Also checks that nothing
//! is wider than a small phone, and that the pages work as files, without a server. Not here: disabled rules.

use crate::entry::Entry;
use crate::viewer::{SCHEMES, Viewer, WIDTHS, half, serve};
use anyhow::{Context as _, Result};
use okta_e2e::{Site, wait_until};
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

/// A violated rule.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

/// Checks all entries; prints the violations, and finally how many entries passed and failed.
pub(crate) async fn run(folder: &Path, entries: &[Entry], script: &Path) -> Result<ExitCode> {
    let source = fs::read_to_string(script).with_context(|| format!("{} cannot be read", script.display()))?;
    let site = serve(folder).await?;
    let (one, other) = tokio::try_join!(check(&site, entries, 0, &source), check(&site, entries, 1, &source))?;
    let failed = one + other + usize::from(!works_as_files(&site, folder, entries).await?);
    println!("test result: {} passed; {failed} failed; 0 ignored", entries.len() + 1 - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks half of the entries; returns how many failed. Only the body of the page is replaced, so that axe stays
/// loaded.
async fn check(site: &Site, entries: &[Entry], which: usize, source: &str) -> Result<usize> {
    let viewer = Viewer::start(site).await?;
    viewer.add_script(source).await?;
    let mut failed = 0;
    for (index, entry) in half(entries, which).enumerate() {
        if index == 0 {
            viewer.open(entry, "").await?;
        } else {
            viewer.show(entry).await?;
        }
        let violations = violations(&viewer).await.with_context(|| entry.name.clone())?;
        for violation in &violations {
            println!("{}: {violation}", entry.name);
        }
        failed += usize::from(!violations.is_empty());
    }
    viewer.close().await?;
    Ok(failed)
}

/// Switches on the overview and follows its first link, as files: the browser must not report anything, and the link must
/// lead to the first entry's page with what was switched.
async fn works_as_files(site: &Site, folder: &Path, entries: &[Entry]) -> Result<bool> {
    const SWITCH: &str = "!document.querySelector('[name=scheme][value=dark]').click()";
    const FOLLOW: &str = "!document.querySelector('.card h3 a').click()";
    const ARRIVED: &str = "`${document.title} ${document.documentElement.dataset.scheme}`";
    let Some(first) = entries.first() else { return Ok(true) };
    let viewer = Viewer::start(site).await?;
    viewer.open_file(&folder.join("index.html")).await?;
    viewer.evaluate(SWITCH).await?;
    viewer.evaluate(FOLLOW).await?;
    let wanted = format!("{} · Gallery dark", first.name);
    let arrived = wait_until("the entry's page", async || {
        // A page that is just leaving has no value.
        let shown = viewer.evaluate(ARRIVED).await.ok();
        Ok(shown.is_some_and(|shown| shown.as_str() == Some(wanted.as_str())).then_some(()))
    });
    let mut reports = arrived.await.err().map(|error| format!("{error:#}")).into_iter().collect::<Vec<_>>();
    reports.extend(viewer.reports().await?);
    for report in &reports {
        println!("as files: {report}");
    }
    viewer.close().await?;
    Ok(reports.is_empty())
}

/// The violations of an entry, each with the width and color scheme where it was found first.
async fn violations(viewer: &Viewer) -> Result<Vec<String>> {
    let mut seen: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for width in WIDTHS {
        for scheme in SCHEMES {
            viewer.emulate(width, &[("prefers-color-scheme", scheme)]).await?;
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
            faults.push(format!("{width}: overflows horizontally"));
        }
    }
    Ok(faults)
}
