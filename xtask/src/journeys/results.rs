//! What the journeys gave in each engine: printed, kept in `target/`, and written into docs/reliability.md. Not here: running
//! them.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, time::Duration};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    counts::{self, Counts},
    engines::{self, Engine},
    process, reliability, workspace,
};

/// The section of docs/reliability.md.
const SECTION: &str = "engines";

/// What a run in one engine gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Results {
    engine: String,
    date: String,
    versions: Vec<String>,
    machine: String,
    seconds: u64,
    passed: usize,
    failed: Vec<String>,
    /// The names of the tests, by what the engine cannot do.
    skipped: BTreeMap<String, Vec<String>>,
}

impl Results {
    /// Reads them from what the tests have printed.
    pub(super) fn of_run(engine: Engine, versions: Vec<String>, output: &str, counts: Counts, time: Duration) -> Self {
        let mut failed: Vec<String> = counts::failed_tests(output).into_iter().map(|test| test.name).collect();
        if failed.len() < counts.failed {
            failed.push("the run itself".to_owned());
        }
        let mut skipped: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for test in counts::skipped_tests(output) {
            skipped.entry(test.why).or_default().push(test.name);
        }
        Self {
            engine: engine.to_string(),
            date: OffsetDateTime::now_utc().date().to_string(),
            versions,
            machine: format!("{} cores", std::thread::available_parallelism().map_or(1, usize::from)),
            seconds: time.as_secs(),
            passed: counts.passed,
            failed,
            skipped,
        }
    }

    fn skipped_count(&self) -> usize {
        self.skipped.values().map(Vec::len).sum()
    }

    /// The counts, and each test that was skipped, by reason.
    pub(super) fn print(&self) {
        for (why, names) in &self.skipped {
            println!("{}: {} skipped, {why}", self.engine, names.len());
            for name in names {
                println!("  {name}");
            }
        }
        let Self { engine, passed, failed, .. } = self;
        println!("{engine}: {passed} passed, {} failed, {} skipped", failed.len(), self.skipped_count());
    }

    /// Keeps them for [`record`].
    pub(super) fn keep(&self) -> anyhow::Result<()> {
        let file = file(&self.engine);
        fs::create_dir_all(file.parent().context("a file in no folder")?)?;
        fs::write(&file, serde_json::to_string_pretty(self)?)
            .with_context(|| format!("could not write {}", file.display()))
    }

    fn row(&self) -> String {
        let Self { engine, date, versions, machine, seconds, passed, failed, .. } = self;
        let time = process::duration(Duration::from_secs(*seconds));
        let (versions, skipped) = (versions.join(", "), self.skipped_count());
        format!("| {engine} | {versions} | {passed} | {} | {skipped} | {time}, {machine} | {date} |", failed.len())
    }
}

/// Where the results in an engine are kept.
fn file(engine: &str) -> PathBuf {
    workspace::target().join("journeys").join(format!("{engine}.json"))
}

/// Writes the last results of each engine into docs/reliability.md.
pub(super) fn record() -> anyhow::Result<()> {
    let mut all = Vec::new();
    for engine in engines::ALL {
        if let Ok(text) = fs::read_to_string(file(&engine.to_string())) {
            all.push(serde_json::from_str(&text).with_context(|| format!("the results in {engine}"))?);
        }
    }
    reliability::record(SECTION, &section(&all))
}

fn section(all: &[Results]) -> String {
    let mut out =
        "| engine | versions | passed | failed | skipped | time | date |\n|---|---|--:|--:|--:|--:|---|\n".to_owned();
    for results in all {
        out.push_str(&results.row());
        out.push('\n');
    }
    out.push_str("\nWhat an engine or its driver cannot do is skipped, and counted:\n\n");
    out.push_str("| engine | skipped | what it cannot do | journeys |\n|---|--:|---|---|\n");
    for results in all {
        for (why, names) in &results.skipped {
            let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            // Writing into a String does not fail.
            let _ = writeln!(out, "| {} | {} | {why} | {} |", results.engine, names.len(), shown.join(", "));
        }
    }
    for results in all.iter().filter(|results| !results.failed.is_empty()) {
        let _ = writeln!(out, "\nFailed in {}: {}.", results.engine, results.failed.join(", "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 4 tests\nskipped: a::b: touch: no driver\ntest a::b ... ok\n\n---- d stdout ----\nit failed\n\n\
                          test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";

    #[test]
    fn the_section_has_counts_skips_and_failures() {
        let counts = Counts::of_test_run(OUTPUT, false);
        let versions = vec!["Browser 1".to_owned(), "driver 2".to_owned()];
        let results = Results::of_run(Engine::Webkit, versions, OUTPUT, counts, Duration::from_secs(61));
        let results = Results { date: "2026-01-02".to_owned(), machine: "2 cores".to_owned(), ..results };
        let section = section(&[results]);
        for line in [
            "| webkit | Browser 1, driver 2 | 2 | 1 | 1 | 1 min 01 s, 2 cores | 2026-01-02 |",
            "| webkit | 1 | touch: no driver | `a::b` |",
            "Failed in webkit: d.",
        ] {
            assert!(section.lines().any(|is| is == line), "{line} is not in\n{section}");
        }
    }
}
