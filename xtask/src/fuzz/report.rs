//! What came of a run: read from what libFuzzer prints at its end, and shown as a table. Not here: the page that keeps it
//! (`record`).

use std::time::Duration;

use super::{build, shown, targets::Target};
use crate::table::{self, Align};

/// What came of one target.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) target: &'static str,
    pub(super) executions: u64,
    /// Edges of the control flow that were reached, those of libraries among them.
    pub(super) edges: u64,
    /// Inputs that are kept, because each reaches something that the others do not.
    pub(super) corpus: u64,
    pub(super) time: Duration,
    pub(super) outcome: Outcome,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    /// What happened, and how to repeat it.
    Crashed(String),
}

impl Outcome {
    /// The target panicked, took too long or too much memory.
    pub(super) fn crashed(target: &Target, printed: &str) -> Self {
        let written =
            printed.lines().find_map(|line| line.split_once("Test unit written to ")).map(|(_, path)| path.trim());
        let reason = printed.lines().skip_while(|line| !line.contains("panicked at")).take(3).collect::<Vec<_>>();
        let reason = if reason.is_empty() { last_lines(printed) } else { reason.join("\n") };
        let repeat = match written {
            Some(path) => format!("cargo xtask fuzz {} --input {}", target.name, shown(path.as_ref())),
            None => build::program(target).map(|program| shown(&program)).unwrap_or_default(),
        };
        Self::Crashed(format!("{} has crashed:\n{reason}\nto repeat it: {repeat}", target.name))
    }
}

fn last_lines(printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n")
}

impl Report {
    /// Reads what libFuzzer prints: lines such as `#1024 pulse cov: 396 ft: 728 corp: 171/4051b ...`, and at the end
    /// `stat::number_of_executed_units: 704966`.
    pub(super) fn read(target: &'static str, printed: &str, time: Duration, outcome: Outcome) -> Self {
        let stat = printed.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        let last = |mark: &str| {
            let mut lines = printed.lines().rev().filter(|line| line.starts_with('#'));
            lines.find_map(|line| number(line.split_once(mark)?.1)).unwrap_or_default()
        };
        let executions = stat.and_then(number).unwrap_or_default();
        Self { target, executions, edges: last(" cov: "), corpus: last(" corp: "), time, outcome }
    }

    fn row(&self) -> Vec<String> {
        let seconds = self.time.as_secs().max(1);
        let crashed = matches!(self.outcome, Outcome::Crashed(_));
        let numbers = [self.executions, self.executions / seconds, self.edges, self.corpus, u64::from(crashed)];
        std::iter::once(self.target.to_owned()).chain(numbers.map(grouped)).collect()
    }
}

/// The number that a text begins with.
fn number(text: &str) -> Option<u64> {
    let text = text.trim_start();
    text.get(..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))?.parse().ok()
}

/// With a comma between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Whether one of them has crashed.
pub(super) fn crashed(reports: &[Report]) -> bool {
    reports.iter().any(|report| report.outcome != Outcome::Passed)
}

/// The sum of all executions.
pub(super) fn executions(reports: &[Report]) -> u64 {
    reports.iter().map(|report| report.executions).sum()
}

/// For the terminal, with what is to be said about crashes below.
pub(super) fn table(reports: &[Report]) -> String {
    let heading = ["target", "executions", "a second", "edges", "corpus", "crashes"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(reports.iter().map(Report::row)).collect();
    let columns: Vec<Align> = std::iter::once(Align::Left).chain([Align::Right; 5]).collect();
    let mut lines = table::lines(&columns, &rows);
    lines.push(format!("{} executions of {} targets", grouped(executions(reports)), reports.len()));
    lines.extend(reports.iter().filter_map(|report| match &report.outcome {
        Outcome::Passed => None,
        Outcome::Crashed(told) => Some(format!("\n{told}")),
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "INFO: seed corpus: files: 3\n#4\tINITED cov: 12 ft: 14 corp: 3/9b exec/s: 0 rss: 28Mb\n\
        #704966\tDONE   cov: 396 ft: 730 corp: 173/4133b lim: 256 exec/s: 88120 rss: 28Mb\n\
        Done 704966 runs in 8 second(s)\nstat::number_of_executed_units: 704966\n";

    #[test]
    fn the_last_line_counts() {
        let time = Duration::from_secs(8);
        let report = Report::read("links", PRINTED, time, Outcome::Passed);
        let expected =
            Report { target: "links", executions: 704_966, edges: 396, corpus: 173, time, outcome: Outcome::Passed };
        assert_eq!(report, expected);
        let shown = table(&[report]);
        assert!(shown.contains("links      704,966    88,120    396     173        0"), "{shown}");
    }

    #[test]
    fn a_crash_says_how_to_repeat_it() {
        let printed = "thread 'main' panicked at src/links.rs:1:2:\nit leads elsewhere\nnote: x\n\
            artifact_prefix='a/'; Test unit written to a/crash-1\nstat::number_of_executed_units: 5\n";
        let outcome = Outcome::crashed(&super::super::targets::TARGETS[0], printed);
        let Outcome::Crashed(told) = &outcome else { unreachable!("it has crashed") };
        assert!(
            told.contains("it leads elsewhere") && told.ends_with("cargo xtask fuzz base64 --input a/crash-1"),
            "{told}"
        );
        assert!(crashed(&[Report::read("base64", printed, Duration::ZERO, outcome)]));
    }

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
    }
}
