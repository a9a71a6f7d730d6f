//! Everything that has to hold before a change is good, in one run: `cargo xtask test`, which is
//! what CI calls. This file is the list of checks; how one is made stands with its topic.
//!
//! A failing check does not keep the others from being made. The last line counts them all.

use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use crate::{
    browser::{self, Chromium},
    bundle, engines, gallery, journeys, peer,
    process::{self, ToolPath},
    size,
    table::{self, Align},
    tally::Tally,
    tools, workspace,
};

const WIDGET: &str = "okta-authn-widget";
const WASM: &str = "wasm32-unknown-unknown";

/// Makes all checks; fails if one of them does.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    eprintln!("Tools");
    let tools = tools::setup(tools::CHECKS)?;
    let chromium = browser::setup()?;

    let mut checks = Checks::default();
    sources(&mut checks);
    native_tests(&mut checks);
    emulator_judged_by_okta(&mut checks);
    dependencies(&mut checks, &tools);
    browser_tests(&mut checks, &tools, &chromium);
    looks(&mut checks, &chromium);
    bundle_and_journeys(&mut checks, &tools, &chromium);
    Ok(checks.close())
}

fn sources(checks: &mut Checks) {
    checks.command("format", &mut cargo(&["fmt", "--all", "--check"]));
    checks.command("lints, native", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    checks.command(
        "lints, wasm",
        &mut cargo(&["clippy", "-p", WIDGET, "--target", WASM, "--all-targets", "--", "-D", "warnings"]),
    );
    checks.command("documentation", cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-Dwarnings"));
}

fn native_tests(checks: &mut Checks) {
    checks.tests(
        "tests without the user interface",
        &mut cargo(&["test", "--no-fail-fast", "-p", WIDGET, "--no-default-features"]),
    );
    let mut first_form = cargo(&["test", "-p", WIDGET, "--no-default-features", "--features", "first-form"]);
    checks.tests("tests of the first form", first_form.args(["--test", "first_form"]));
    checks.check("authn and flow need neither Yew nor web-sys", || {
        let mut tree = cargo(&["tree", "-p", WIDGET, "--no-default-features"]);
        tree.args(["-e", "normal", "--prefix", "none"]);
        let output = process::output(&mut tree).context("could not start cargo")?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
        }
        behind_the_wall(&String::from_utf8_lossy(&output.stdout))
    });
    // With the feature that renders natively, which the tests of the markup need.
    let ssr = [WIDGET, "/ssr"].concat();
    let mut native = cargo(&["test", "--no-fail-fast", "--workspace", "--exclude", "okta-e2e", "--features", &ssr]);
    checks.tests("native tests", &mut native);
    checks.command("replay of the fixtures", &mut replay("tests/fixtures"));
    let examples = "../shared/api/examples";
    if workspace::root().join(examples).is_dir() {
        checks.command("replay of the contract's examples", &mut replay(examples));
    }
}

fn emulator_judged_by_okta(checks: &mut Checks) {
    match peer::command() {
        Ok(mut test) => checks.tests("emulator: Okta's own client", &mut test),
        Err(error) => {
            checks.check("emulator: Okta's own client", || Err(error));
        }
    }
}

fn dependencies(checks: &mut Checks, tools: &ToolPath) {
    checks.command(
        "licences, bans, sources",
        &mut tools.command(
            "cargo",
            &["deny", "--workspace", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"],
        ),
    );
    // The database of advisories comes over the network. Where it cannot be had, the check is not
    // made; where it can, a finding is a failure.
    let mut fetch = tools.command("cargo", &["deny", "fetch", "db"]);
    match process::run_within(&mut fetch, Duration::from_mins(2)) {
        Ok(()) => checks.command(
            "advisories",
            &mut tools.command("cargo", &["deny", "--workspace", "check", "--disable-fetch", "advisories"]),
        ),
        Err(error) => checks.skip("advisories", &format!("no database: {error:#}")),
    }
}

fn browser_tests(checks: &mut Checks, tools: &ToolPath, chromium: &Chromium) {
    if let Err(error) = browser::write_webdriver_json(chromium) {
        checks.check("browser tests", || Err(error));
        return;
    }
    let mut test = tools.command("cargo", &["test", "--no-fail-fast", "-p", WIDGET]);
    test.args(["--target", WASM, "--test", "web"])
        .env("CHROMEDRIVER", &chromium.driver)
        // The runner's own 20 s are short for a cold browser on a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    checks.tests("browser tests", &mut test);
}

fn looks(checks: &mut Checks, chromium: &Chromium) {
    match gallery::axe(chromium) {
        Ok(mut axe) => checks.tests("gallery: axe", &mut axe),
        Err(error) => {
            checks.check("gallery: axe", || Err(error));
        }
    }
}

fn bundle_and_journeys(checks: &mut Checks, tools: &ToolPath, chromium: &Chromium) {
    if !checks.check("bundle", || bundle::build(tools, bundle::Options::default())) {
        checks.skip("size budget", "there is no bundle");
        checks.skip("journeys", "there is no bundle");
        for engine in engines::OTHERS {
            checks.skip(&takeover_in(engine), "there is no bundle");
        }
        return;
    }
    checks.check("size budget", || {
        let report = size::measure()?;
        println!("{}", report.table());
        report.check()
    });
    match journeys::command(chromium, None) {
        Ok(mut test) => checks.tests("journeys", &mut test),
        Err(error) => {
            checks.check("journeys", || Err(error));
        }
    }
    takeover_in_other_engines(checks);
}

/// Typing through the takeover in the engines beside Chromium, which walks it with the journeys. An engine
/// that cannot be had on this machine is no failure.
fn takeover_in_other_engines(checks: &mut Checks) {
    for engine in engines::OTHERS {
        let name = takeover_in(engine);
        let found = match engine.setup() {
            Ok(found) => found,
            Err(error) => {
                checks.skip(&name, &format!("{error:#}"));
                continue;
            }
        };
        match engines::command(engine, &found) {
            Ok(mut test) => checks.tests(&name, &mut test),
            Err(error) => {
                checks.check(&name, || Err(error));
            }
        }
    }
}

fn takeover_in(engine: engines::Engine) -> String {
    format!("takeover in three engines: {engine}")
}

fn cargo(args: &[&str]) -> Command {
    process::command("cargo", args)
}

fn replay(path: &str) -> Command {
    cargo(&["run", "--quiet", "-p", "okta-replay", "--", path])
}

/// An error when the tree of the widget without its user interface has a crate of the web in it.
fn behind_the_wall(tree: &str) -> anyhow::Result<()> {
    let found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| ["yew", "web-sys"].contains(name))
        .collect();
    if !found.is_empty() {
        bail!("without default features the widget depends on {found:?}");
    }
    if !tree.contains(WIDGET) {
        bail!("cargo tree does not name {WIDGET}");
    }
    Ok(())
}

/// What was checked so far.
#[derive(Default)]
struct Checks {
    tally: Tally,
    made: Vec<Made>,
}

struct Made {
    name: String,
    tally: Tally,
    time: Duration,
    remark: String,
}

impl Checks {
    /// A command that passes or fails as a whole.
    fn command(&mut self, name: &str, command: &mut Command) {
        let remark = process::shown(command);
        self.make(name, &remark, || {
            // Its results are worth reading where they stand, so not on standard error.
            let (ended_well, _) = process::run_and_keep(command)?;
            Ok(if ended_well { Tally::PASSED } else { Tally::FAILED })
        });
    }

    /// A command that runs tests and counts them itself.
    fn tests(&mut self, name: &str, command: &mut Command) {
        let remark = process::shown(command);
        self.make(name, &remark, || {
            let (ended_well, output) = process::run_and_keep(command)?;
            Ok(Tally::of_test_run(&output, ended_well))
        });
    }

    /// A check of our own; says whether it passed.
    fn check(&mut self, name: &str, check: impl FnOnce() -> anyhow::Result<()>) -> bool {
        self.make(name, "", || check().map(|()| Tally::PASSED))
    }

    /// A check that could not be made.
    fn skip(&mut self, name: &str, why: &str) {
        self.make(name, why, || Ok(Tally::SKIPPED));
    }

    fn make(&mut self, name: &str, remark: &str, check: impl FnOnce() -> anyhow::Result<Tally>) -> bool {
        println!("\n=== {name} === {remark}");
        let start = Instant::now();
        let tally = check().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::FAILED
        });
        let time = start.elapsed();
        println!("=== {name}: {tally} ({})", process::duration(time));
        self.tally += tally;
        self.made.push(Made { name: name.to_owned(), tally, time, remark: remark.to_owned() });
        tally.failed == 0
    }

    /// Prints what was made, and last of all the counts.
    fn close(self) -> ExitCode {
        let rows: Vec<Vec<String>> = self.made.iter().map(Made::row).collect();
        println!();
        for line in table::lines(&[Align::Left, Align::Left, Align::Right, Align::Left], &rows) {
            println!("{line}");
        }
        println!("\n{}", self.tally);
        if self.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Made {
    fn row(&self) -> Vec<String> {
        let (verdict, remark) = if self.tally.failed > 0 {
            ("FAILED", self.remark.as_str())
        } else if self.tally == Tally::SKIPPED {
            ("skipped", self.remark.as_str())
        } else {
            ("ok", "")
        };
        vec![verdict.to_owned(), self.name.clone(), process::duration(self.time), remark.to_owned()]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_wall_lets_no_crate_of_the_web_through() {
        let pure = "okta-authn-widget v0.1.0 (/a/yew/b)\nserde v1.0.229\nyew-like v1.0.0\n";
        assert!(behind_the_wall(pure).is_ok());
        let impure = format!("{pure}web-sys v0.3.80\n");
        let error = behind_the_wall(&impure).unwrap_err().to_string();
        assert!(error.contains("web-sys"), "{error}");
        assert!(behind_the_wall("").is_err());
    }

    #[test]
    fn one_failure_fails_the_run_and_an_error_is_a_failure() {
        let mut checks = Checks::default();
        assert!(checks.check("good", || Ok(())));
        assert!(!checks.check("bad", || bail!("no")));
        checks.skip("absent", "not here");
        assert_eq!(checks.tally.to_string(), "1 passed, 1 failed, 1 skipped");
    }
}
