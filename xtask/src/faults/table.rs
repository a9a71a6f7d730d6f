//! The tables of the faults matrix, in Markdown. Not here: running it.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

/// A line of results.
#[derive(Debug, Clone, Deserialize)]
struct Cell {
    engine: String,
    phase: String,
    fault: String,
    skipped: Option<String>,
    failed: Option<String>,
    reads: String,
    kept: Vec<String>,
    way: Vec<String>,
    passwords: [usize; 2],
}

/// Passed, failed, not applicable.
#[derive(Debug, Default)]
struct Sum([usize; 3]);

/// The counts, and a table for each phase: what Chromium showed, or the first engine that was run.
pub(crate) fn report(lines: &str, versions: &[String]) -> anyhow::Result<String> {
    let cells: Vec<Cell> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for cell in &cells {
        let Sum([passed, failed, skipped]) = sums.entry(&cell.engine).or_default();
        match (&cell.skipped, &cell.failed) {
            (Some(_), _) => *skipped += 1,
            (_, Some(_)) => *failed += 1,
            _ => *passed += 1,
        }
    }
    let mut out = format!("With {}.\n\n", versions.join(", "));
    out.push_str("| engine | cells passed | failed | not applicable |\n|---|---|---|---|\n");
    for (engine, Sum([passed, failed, skipped])) in &sums {
        writeln!(out, "| {engine} | {passed} | {failed} | {skipped} |")?;
    }
    let mut phases: Vec<&str> = Vec::new();
    for cell in &cells {
        if !phases.contains(&&*cell.phase) {
            phases.push(&cell.phase);
        }
    }
    phases.sort_unstable();
    let shown = cells.first().map_or("", |cell| &cell.engine);
    for phase in phases {
        let row = |cell: &&Cell| cell.phase == phase && cell.engine == shown;
        write!(out, "\n### Fault while {phase}\n\n")?;
        out.push_str(
            "| fault | what the person reads | kept | the way on | passwords sent, presses |\n|---|---|---|---|---|\n",
        );
        // They end in another order in each run.
        let mut rows: Vec<&Cell> = cells.iter().filter(row).collect();
        rows.sort_by(|one, other| one.fault.cmp(&other.fault));
        for cell in rows {
            writeln!(out, "{}", line(cell))?;
        }
    }
    out.push_str(&differences(&cells, shown));
    Ok(out)
}

/// What a cell has to show, but for how often.
fn shows(cell: &Cell) -> (Option<&str>, bool, &str, &[String], &[String]) {
    (cell.skipped.as_deref(), cell.failed.is_some(), &cell.reads, &cell.kept, &cell.way)
}

/// What the other engines showed where it was something else.
fn differences(cells: &[Cell], shown: &str) -> String {
    let mut rows: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|cell| cell.engine != shown) {
        let first = cells.iter().find(|one| one.engine == shown && one.phase == cell.phase && one.fault == cell.fault);
        if first.is_some_and(|first| shows(first) != shows(cell)) {
            rows.push(format!("| {} | {} {}", cell.engine, cell.phase, line(cell)));
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    rows.sort();
    format!(
        "\n### Where another engine differs\n\nAll other cells are as in {shown}.\n\n\
         | engine | phase | fault | what the person reads | kept | the way on | passwords sent, presses |\n\
         |---|---|---|---|---|---|---|\n{}\n",
        rows.join("\n")
    )
}

fn line(cell: &Cell) -> String {
    let Cell { fault, skipped, failed, reads, kept, way, passwords: [sent, pressed], .. } = cell;
    if let Some(why) = skipped {
        return format!("| {fault} | n/a: {why} | | | |");
    }
    let way = match way.as_slice() {
        [] => "goes on by itself".to_owned(),
        way => way.join(", "),
    };
    let failed = failed.as_ref().map_or("", |_| "**failed** ");
    format!("| {fault} | {failed}{} | {} | {way} | {sent}, {pressed} |", reads.replace('|', "\\|"), kept.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_and_shown_by_phase() {
        let lines = [
            r#"{"engine":"chromium","phase":"b","fault":"429","reads":"Too | many","kept":["Username"],"way":["Retry"],"passwords":[2,2]}"#,
            r#"{"engine":"chromium","phase":"b","fault":"200, empty","reads":"x","kept":[],"way":[],"passwords":[1,1]}"#,
            r#"{"engine":"chromium","phase":"a","fault":"hang","skipped":"why","reads":"","kept":[],"way":[],"passwords":[0,0]}"#,
            r#"{"engine":"webkit","phase":"b","fault":"429","failed":"no","reads":"x","kept":[],"way":[],"passwords":[1,1]}"#,
        ];
        let report = report(&lines.join("\n"), &["Chromium 1".to_owned()]).unwrap();
        for part in [
            "With Chromium 1.",
            "| chromium | 2 | 0 | 1 |",
            "| webkit | 0 | 1 | 0 |",
            "| 200, empty | x |  | goes on by itself | 1, 1 |\n| 429 | Too \\| many | Username | Retry | 2, 2 |",
            "| hang | n/a: why | | | |",
            "\n\nAll other cells are as in chromium.\n\n",
            "|---|\n| webkit | b | 429 | **failed** x |  | goes on by itself | 1, 1 |\n",
        ] {
            assert!(report.contains(part), "{part} is not in {report}");
        }
    }
}
