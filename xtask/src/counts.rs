//! Counts what passed, failed and was skipped, also from the last lines that a test runner prints. Not here: running a
//! test.

use std::{collections::BTreeMap, fmt, ops::AddAssign};

/// How many checks passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub(crate) const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// The sum of all `test result:` lines in what a run of `cargo test` printed, and of the
    /// closing lines of Node's test runner (TAP) and of pytest.
    pub(crate) fn of_test_results(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            counts += Self::of_tap_line(line).or_else(|| Self::of_pytest_line(line)).unwrap_or_default();
            let Some(result) = line.trim().strip_prefix("test result: ") else {
                continue;
            };
            counts.passed += count(result, "passed");
            counts.failed += count(result, "failed");
            counts.skipped += count(result, "ignored");
        }
        counts
    }

    /// `# pass 66`, at the line's beginning: what is indented belongs to a part.
    fn of_tap_line(line: &str) -> Option<Self> {
        let (what, count) = line.strip_prefix("# ")?.split_once(' ')?;
        let count = count.parse().ok()?;
        match what {
            "pass" => Some(Self { passed: count, ..Self::default() }),
            "fail" | "cancelled" => Some(Self { failed: count, ..Self::default() }),
            "skipped" | "todo" => Some(Self { skipped: count, ..Self::default() }),
            _ => None,
        }
    }

    /// `=== 1 failed, 66 passed, 2 skipped in 1.23s ===`, pytest's last line.
    fn of_pytest_line(line: &str) -> Option<Self> {
        let (results, time) =
            line.strip_prefix("=")?.strip_suffix("=")?.trim_matches(['=', ' ']).rsplit_once(" in ")?;
        let is_time = time.split(' ').next()?.strip_suffix('s')?.parse::<f32>().is_ok();
        is_time.then(|| Self {
            passed: count(results, "passed") + count(results, "xpassed"),
            failed: count(results, "failed") + count(results, "error") + count(results, "errors"),
            skipped: count(results, "skipped") + count(results, "xfailed"),
        })
    }

    /// What a run of tests counts as, given what it printed and whether it ended well.
    ///
    /// A run that failed without a failing test did not get as far as running it, and a run
    /// without any test proves nothing: both count as one failure.
    pub(crate) fn of_test_run(output: &str, ended_well: bool) -> Self {
        let mut counts = Self::of_test_results(output);
        let nothing_ran = counts.passed + counts.failed == 0;
        if counts.failed == 0 && (!ended_well || nothing_ran) {
            counts.failed = 1;
        }
        counts.without_skipped(&skipped_tests(output))
    }

    /// The same, where tests that say so themselves did not do what they are there for: the test runner has counted them as
    /// passed.
    pub(crate) fn without_skipped(self, skipped: &[Skipped]) -> Self {
        let skipped = skipped.len().min(self.passed);
        Self { passed: self.passed - skipped, skipped: self.skipped + skipped, ..self }
    }

    /// The same, after so many of the failed tests passed at a second attempt.
    pub(crate) fn after_second_attempt(self, passed: usize) -> Self {
        let passed = passed.min(self.failed);
        Self { passed: self.passed + passed, failed: self.failed - passed, ..self }
    }
}

/// A test that was not made, because the engine cannot do what it needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Skipped {
    /// What the engine cannot do, and why.
    pub(crate) why: String,
    pub(crate) name: String,
}

/// The tests that a line `skipped: NAME: REASON` names, each once, without those that failed.
pub(crate) fn skipped_tests(output: &str) -> Vec<Skipped> {
    let failed = failed_tests(output);
    let skipped = output.lines().filter_map(|line| line.strip_prefix("skipped: ")?.split_once(": "));
    let skipped = skipped.filter(|(name, _)| !failed.iter().any(|test| test.name == *name));
    let all: BTreeMap<&str, &str> = skipped.collect();
    let mut all: Vec<Skipped> =
        all.into_iter().map(|(name, why)| Skipped { why: why.to_owned(), name: name.to_owned() }).collect();
    all.sort();
    all
}

/// Characters of a reason that are worth repeating: what was expected, without all that was on the page.
const REASON: usize = 600;

/// A test that failed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailedTest {
    pub(crate) name: String,
    /// Shortened, on one line.
    pub(crate) reason: String,
}

impl fmt::Display for FailedTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

/// The tests that failed, with what the test runner of Rust prints below `---- name stdout ----`, and pytest in its lines
/// `FAILED name - reason` and `ERROR name - reason`.
pub(crate) fn failed_tests(output: &str) -> Vec<FailedTest> {
    let mut failed: Vec<FailedTest> = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        if let Some((name, reason)) = pytest_failure(line) {
            failed.push(FailedTest { name: name.to_owned(), reason: reason.chars().take(REASON).collect() });
            inside = false;
        } else if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            failed.push(FailedTest { name: name.to_owned(), reason: String::new() });
            inside = true;
        } else if line == "failures:" || line == "stack backtrace:" {
            inside = false;
        } else if let Some(FailedTest { reason, .. }) = failed.last_mut()
            && inside
            && !line.trim().is_empty()
            && !(line.starts_with("thread '") && line.ends_with(':'))
        {
            let blank = if reason.is_empty() { "" } else { " " };
            let room = REASON.saturating_sub(reason.chars().count());
            reason.extend(blank.chars().chain(line.trim().chars()).take(room));
        }
    }
    failed
}

fn pytest_failure(line: &str) -> Option<(&str, &str)> {
    let test = line.strip_prefix("FAILED ").or_else(|| line.strip_prefix("ERROR "))?;
    let (name, reason) = test.split_once(" - ").unwrap_or((test, ""));
    name.contains(".py").then_some((name, reason))
}

/// The number in front of a word: 3 in `ok. 3 passed; 0 failed`.
fn count(result: &str, word: &str) -> usize {
    let words: Vec<&str> =
        result.split(|c: char| c.is_whitespace() || c == ';' || c == ',').filter(|word| !word.is_empty()).collect();
    words
        .windows(2)
        .find_map(|pair| match pair {
            [number, name] if *name == word => number.parse().ok(),
            _ => None,
        })
        .unwrap_or(0)
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_tests_have_a_short_reason() {
        let output = format!(
            "running 2 tests\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' (7) panicked at b.rs:1:2:\n  timed out\n  \
             on a page\nstack backtrace:\n   0: somewhere\n\n\
             ---- c stdout ----\n{}\n\nfailures:\n    a::b\n    c\n",
            "x".repeat(2 * REASON)
        );
        let shown: Vec<String> = failed_tests(&output).iter().map(FailedTest::to_string).collect();
        assert_eq!(shown, ["a::b: timed out on a page".to_owned(), format!("c: {}", "x".repeat(REASON))]);
    }

    #[test]
    fn a_test_that_says_so_is_skipped_once_and_not_passed() {
        let output = "running 4 tests\n\nskipped: a::b: touch: no driver\n\nskipped: a::b: touch: no driver\ntest a::b ... ok\n\
                      skipped: d: touch: no driver\n\n---- d stdout ----\nit failed\n\n\
                      test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(skipped_tests(output), [Skipped { why: "touch: no driver".to_owned(), name: "a::b".to_owned() }]);
        assert_eq!(Counts::of_test_run(output, false), Counts { passed: 2, failed: 1, skipped: 1 });
    }

    #[test]
    fn a_second_attempt_moves_what_passed() {
        let first = Counts { passed: 10, failed: 3, skipped: 1 };
        assert_eq!(first.after_second_attempt(2), Counts { passed: 12, failed: 1, skipped: 1 });
        assert_eq!(first.after_second_attempt(0), first);
        assert_eq!(first.after_second_attempt(9), Counts { passed: 13, failed: 0, skipped: 1 });
    }

    const TWO_BINARIES: &str = "\
running 3 tests
test a ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

running 2 tests
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 2.00s
";

    #[test]
    fn results_of_all_binaries_add_up() {
        let expected = Counts { passed: 4, failed: 1, skipped: 1 };
        assert_eq!(Counts::of_test_results(TWO_BINARIES), expected);
        assert_eq!(Counts::of_test_run(TWO_BINARIES, false), expected);
    }

    #[test]
    fn results_of_node_are_counted() {
        let output = "TAP version 13\n    # pass 9\nok 1 - a\n1..3\n# tests 4\n# pass 2\n# fail 1\n# cancelled 0\n\
                      # skipped 1\n# todo 0\n# duration_ms 5.5\n";
        assert_eq!(Counts::of_test_run(output, false), Counts { passed: 2, failed: 1, skipped: 1 });
    }

    #[test]
    fn results_of_pytest_are_counted() {
        let output = "collected 5 items\n\ntests/test_a.py ..FsE [100%]\n\n=== short test summary info ===\n\
                      FAILED tests/test_a.py::test_b[1 - 2] - assert 1 == 2\nERROR tests/test_a.py::test_c\n\
                      ==== 1 failed, 2 passed, 1 skipped, 1 error in 61.50s (0:01:01) ====\n";
        assert_eq!(Counts::of_test_run(output, false), Counts { passed: 2, failed: 2, skipped: 1 });
        let shown: Vec<String> = failed_tests(output).iter().map(|test| test.name.clone()).collect();
        assert_eq!(shown, ["tests/test_a.py::test_b[1", "tests/test_a.py::test_c"]);
        assert_eq!(Counts::of_test_run("=== no tests ran in 0.01s ===\n", false), Counts::FAILED);
        assert_eq!(Counts::of_test_results("=== 3 passed in haste ===\n"), Counts::default());
    }

    #[test]
    fn a_run_that_never_started_is_a_failure() {
        assert_eq!(Counts::of_test_run("error: could not compile", false), Counts::FAILED);
        assert_eq!(Counts::of_test_run("", true), Counts::FAILED);
    }

    #[test]
    fn a_crash_after_passing_tests_is_a_failure() {
        let output = "test result: ok. 3 passed; 0 failed; 0 ignored";
        let expected = Counts { passed: 3, failed: 1, skipped: 0 };
        assert_eq!(Counts::of_test_run(output, false), expected);
    }

    #[test]
    fn a_test_that_prints_such_words_is_not_counted() {
        assert_eq!(Counts::of_test_results("the line was `test result: ok. 9 passed`"), Counts::default());
    }

    #[test]
    fn the_closing_line_is_the_plain_one() {
        let counts = Counts { passed: 12, failed: 0, skipped: 1 };
        assert_eq!(counts.to_string(), "12 passed, 0 failed, 1 skipped");
    }
}
