//! Adds a run to the section `fuzz` of `docs/reliability.md`: the sums of each target, and a line for each run. Not here:
//! how a section is replaced (`reliability`).

use std::{collections::BTreeMap, process::Command, thread};

use anyhow::Context as _;

use super::report::{self, Outcome, Report, grouped};
use crate::{process, reliability};

/// What the table has of a target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    executions: u64,
    /// In the run that reached most.
    edges: u64,
    crashes: u64,
}

/// Adds it.
pub(super) fn add(reports: &[Report]) -> anyhow::Result<()> {
    let before = reliability::section("fuzz")?;
    reliability::record("fuzz", &with(&before, reports, &this_run(reports)?))
}

/// The section with this run.
fn with(before: &str, reports: &[Report], run: &str) -> String {
    let mut sums: BTreeMap<String, Sum> = before.lines().filter_map(sum).collect();
    for report in reports {
        let sum = sums.entry(report.target.to_owned()).or_default();
        sum.executions += report.executions;
        sum.edges = sum.edges.max(report.edges);
        sum.crashes += u64::from(report.outcome != Outcome::Passed);
    }
    let all = sums.values().map(|sum| sum.executions).sum();
    let crashes = sums.values().map(|sum| sum.crashes).sum();
    let mut lines = vec![
        format!(
            "{} executions of {} targets in the runs below, {} crashes. Edges are those of the run that reached most, in \
             our code and in the libraries that it calls.",
            grouped(all),
            sums.len(),
            grouped(crashes)
        ),
        String::new(),
        "| target | executions | edges | crashes |".to_owned(),
        "|---|--:|--:|--:|".to_owned(),
    ];
    lines.extend(sums.iter().map(|(target, sum)| {
        format!("| `{target}` | {} | {} | {} |", grouped(sum.executions), grouped(sum.edges), grouped(sum.crashes))
    }));
    lines.push(String::new());
    lines.extend(before.lines().filter(|line| line.starts_with("- ")).map(str::to_owned));
    lines.push(run.to_owned());
    lines.join("\n")
}

/// A row of the table.
fn sum(line: &str) -> Option<(String, Sum)> {
    let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
    let target = cells.next()?.trim_end_matches('`').to_owned();
    let mut number = || cells.next()?.replace(',', "").parse().ok();
    Some((target, Sum { executions: number()?, edges: number()?, crashes: number()? }))
}

/// The line of a run: when, what, where.
fn this_run(reports: &[Report]) -> anyhow::Result<String> {
    let date = said(Command::new("date").args(["-u", "+%F %H:%M"])).context("`date` does not say the date")?;
    let commit = said(&mut process::command("git", &["rev-parse", "--short", "HEAD"])).unwrap_or_default();
    // The page itself may have the run before.
    let sources = ["status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/reliability.md"];
    let changed = said(&mut process::command("git", &sources));
    let compiler = said(Command::new("rustc").arg("--version")).unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let targets: Vec<&str> = reports.iter().map(|report| report.target).collect();
    Ok(format!(
        "- {date} UTC, commit {commit}{}, {compiler}, {}, {cores} cores: {} executions of {}",
        if changed.is_some_and(|files| !files.is_empty()) { " with changes" } else { "" },
        processor(),
        grouped(report::executions(reports)),
        targets.join(", ")
    ))
}

/// What a program prints, in one line.
fn said(command: &mut Command) -> Option<String> {
    let output = process::output(command)?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().replace('\n', " "))
}

fn processor() -> String {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|name| name.trim_start_matches([' ', '\t', ':']));
    name.unwrap_or(std::env::consts::ARCH).to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn report(target: &'static str, executions: u64, edges: u64) -> Report {
        Report { target, executions, edges, corpus: 9, time: Duration::from_secs(1), outcome: Outcome::Passed }
    }

    #[test]
    fn runs_are_added_up() {
        let first = with("", &[report("links", 1_500, 70), report("base64", 10, 5)], "- the first");
        assert!(first.contains("1,510 executions of 2 targets"), "{first}");
        let second = with(&first, &[report("links", 2_000_000, 60)], "- the second");
        assert!(second.contains("2,001,510 executions of 2 targets"), "{second}");
        assert!(second.contains("| `links` | 2,001,500 | 70 | 0 |\n\n- the first\n- the second"), "{second}");
        assert!(second.contains("| `base64` | 10 | 5 | 0 |"), "{second}");
    }
}
