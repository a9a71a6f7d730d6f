//! Everything that has to be true before a change is good, in one run: `cargo xtask test`, which is what CI calls. This
//! file is the list of checks: [`run`] calls one function per topic, and a new check is added to the function of its
//! topic. Not here: how a check works.
//!
//! After a check that fails, the others are still made. The last line has the counts of all.

use std::{
    process::{Command, ExitCode},
    thread,
    time::{Duration, Instant},
};

use crate::{
    ahead,
    browser::{self, Chromium},
    bundle, ci_files, cluster,
    counts::{self, Counts, FailedTest},
    engines, faults, fuzz, gallery, journeys, languages, layers, links, node_tests, output,
    package::{self, Installed},
    package_emulator::{self, Check},
    peer,
    process::{self, ToolPath},
    python, size, snippets,
    table::{self, Align},
    tools, workspace,
};

const WIDGET: &str = "okta-authn-widget";
const WASM: &str = "wasm32-unknown-unknown";

/// Makes all checks; fails if one of them fails.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let ahead = ahead::begin();
    eprintln!("Tools");
    let tools = tools::setup(tools::CHECKS)?;
    let chromium = browser::setup()?;

    let mut checks = Checks::default();
    sources(&mut checks, &tools);
    layers(&mut checks);
    packages(&mut checks);
    native_tests(&mut checks);
    // Whether it could install all is told by the checks that need it.
    let _told = ahead.join();
    // Compiling takes every processor, and most of it is over. What follows waits for a linker, a browser or a server half of the
    // time, so two lists of checks are made side by side; neither needs what the other one makes.
    let (bundle, ()) = checks.side_by_side(
        |checks| {
            dependencies(checks, &tools);
            browser_tests(checks, &tools, &chromium);
            bundle(checks, &tools)
        },
        |checks| {
            script_tests(checks);
            emulator_judged_by_clients(checks);
            emulator_from_python(checks);
            emulator_from_npm(checks, &chromium);
            files_that_others_run(checks);
            emulator_judged_by_widget(checks, &chromium);
            accessibility(checks, &chromium);
        },
    );
    checks.side_by_side(
        |checks| journeys(checks, &tools, &chromium, bundle.as_ref()),
        |checks| {
            hostile_input(checks, &tools);
            hook_on_several_servers(checks);
            journeys_in_other_engines(checks, bundle.as_ref());
            faults_matrix(checks, &chromium, bundle.as_ref());
        },
    );
    Ok(checks.close(start.elapsed()))
}

fn sources(checks: &mut Checks, tools: &ToolPath) {
    checks.command("format", &mut cargo(&["fmt", "--all", "--check"]));
    checks.command("lints, native", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    checks.command(
        "lints, wasm",
        &mut cargo(&["clippy", "-p", WIDGET, "--target", WASM, "--all-targets", "--", "-D", "warnings"]),
    );
    checks.command(
        "lints, the program in two parts",
        &mut cargo(&[
            "clippy",
            "-p",
            WIDGET,
            "--target",
            WASM,
            "--bins",
            "--features",
            "hydration,split",
            "--",
            "-D",
            "warnings",
        ]),
    );
    checks.command("documentation", cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-Dwarnings"));
    checks.check("links in Markdown files", links::check);
    checks.check("commands in Markdown files", snippets::check_commands);
    checks.check("journeys in Markdown files", snippets::check_journeys);
    checks.check("policies in Markdown files", snippets::check_policies);
    checks.check("code on the emulator's pages is run", snippets::runs::check);
    checks.check("scripts in Markdown files", || snippets::check_scripts(tools));
}

/// What may depend on what.
fn layers(checks: &mut Checks) {
    checks.check("layers of the widget", layers::check_layers);
    for krate in layers::CRATES {
        checks.check(&format!("no circles between the modules of {krate}"), || layers::check_circles(krate));
    }
    checks.check("dependencies of the crates", layers::check_dependencies);
    checks.check("JavaScript calls the program alone", layers::check_exports);
}

/// The crates that are libraries for others can be packaged, and what is packaged compiles. Nothing is published.
fn packages(checks: &mut Checks) {
    checks.command("package of okta-authn", &mut package("okta-authn"));
    // crates.io does not have the crate that this one depends on.
    let mut sign_in_flow = package("sign-in-flow");
    sign_in_flow.args(["--config", "patch.crates-io.okta-authn.path='crates/okta-authn'"]);
    checks.command("package of sign-in-flow", &mut sign_in_flow);
}

fn package(name: &str) -> Command {
    cargo(&["package", "-p", name, "--allow-dirty", "--exclude-lockfile", "--offline"])
}

fn native_tests(checks: &mut Checks) {
    checks.tests(
        "tests without the user interface",
        &mut cargo(&["test", "--no-fail-fast", "-p", WIDGET, "--no-default-features"]),
    );
    // With the feature that renders natively, which the tests of the markup need.
    let ssr = [WIDGET, "/ssr"].concat();
    let mut native = cargo(&["test", "--no-fail-fast", "--workspace", "--exclude", "okta-e2e", "--features", &ssr]);
    checks.tests("native tests", &mut native);
    checks.command("replay of the fixtures", &mut replay("tests/fixtures"));
    // The tests of the emulator leave it there.
    let recording = workspace::target().join("tmp").join("recording");
    checks.command("replay of a recording", &mut replay(&recording.to_string_lossy()));
    let (examples, name) = ("../shared/api/examples", "replay of the contract's examples");
    if workspace::root().join(examples).is_dir() {
        checks.command(name, &mut replay(examples));
    } else {
        checks.skip(name, &format!("{examples} is not there"));
    }
}

/// The backend hook behind a proxy, with a store. A machine that does not have these programs is no failure.
fn hook_on_several_servers(checks: &mut Checks) {
    const NAME: &str = "backend hook on several servers";
    match cluster::setup() {
        Ok(()) => checks.tests(NAME, &mut cluster::command()),
        Err(error) => checks.skip(NAME, &format!("{error:#}")),
    }
}

/// The page's scripts, as far as they can be tested without a browser.
fn script_tests(checks: &mut Checks) {
    const NAME: &str = "tests of the scripts";
    match node_tests::of_scripts() {
        Ok(Some(mut test)) => checks.tests(NAME, &mut test),
        Ok(None) => checks.skip(NAME, "tests/scripts has no tests"),
        Err(error) => {
            checks.check(NAME, || Err(error));
        }
    }
}

fn emulator_judged_by_clients(checks: &mut Checks) {
    for suite in peer::SUITES {
        match suite.command() {
            Ok(mut test) => checks.tests(suite.name, &mut test),
            Err(error) => {
                checks.check(suite.name, || Err(error));
            }
        }
    }
}

/// The emulator's package for Python, and clients in Python that are not ours.
fn emulator_from_python(checks: &mut Checks) {
    const PREPARED: &str = "emulator from Python: wheel";
    if let Err(why) = python::needed() {
        checks.skip(PREPARED, &format!("{why:#}"));
        for client in python::CLIENTS {
            checks.skip(&judged_by(client), &format!("{why:#}"));
        }
        return;
    }
    let mut prepared = None;
    checks.check(PREPARED, || {
        prepared = Some(python::Package::prepare()?);
        Ok(())
    });
    let Some(package) = prepared else { return };
    checks.tests("emulator from Python: tests", &mut package.tests());
    checks.command("emulator from Python: types", &mut package.types());
    checks.tests("examples/emulator/pytest", &mut package.example());
    checks.check("emulator from Python: installed in an empty environment", || package.alone());
    for client in python::CLIENTS {
        if !python::runs_here(client) {
            checks.skip(&judged_by(client), "what is pinned for it is for Linux");
            continue;
        }
        match package.client(client) {
            Ok(mut tests) => checks.tests(&judged_by(client), &mut tests),
            Err(error) => {
                checks.check(&judged_by(client), || Err(error));
            }
        }
    }
}

fn judged_by(client: &str) -> String {
    format!("emulator: clients in Python, {client}")
}

/// The emulator's npm packages: packed, installed in an empty folder, and driven there and in the examples.
fn emulator_from_npm(checks: &mut Checks, chromium: &Chromium) {
    let mut prepared = None;
    checks.check("emulator from npm: packed and installed", || {
        prepared = Some(package_emulator::Installed::prepare()?);
        Ok(())
    });
    let Some(installed) = prepared else { return };
    let commands = match installed.checks(chromium) {
        Ok(commands) => commands,
        Err(error) => {
            checks.check("emulator from npm", || Err(error));
            return;
        }
    };
    for Check { name, mut command, counts } in commands {
        if counts { checks.tests(&name, &mut command) } else { checks.command(&name, &mut command) }
    }
}

/// Workflows, the action, container files: nothing here runs them.
fn files_that_others_run(checks: &mut Checks) {
    checks.check("workflows and the action, by their schemas", ci_files::check_schemas);
    let name = "container files: hadolint";
    match ci_files::lint() {
        Ok(mut lint) => checks.command(name, &mut lint),
        Err(error) => checks.skip(name, &format!("{error:#}")),
    }
}

fn emulator_judged_by_widget(checks: &mut Checks, chromium: &Chromium) {
    match peer::WIDGET.command_in(chromium) {
        Ok(mut test) => checks.tests(peer::WIDGET.name, &mut test),
        Err(error) => {
            checks.check(peer::WIDGET.name, || Err(error));
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
    // The database of advisories comes over the network. Without it the check is skipped; with it, a finding is a
    // failure.
    let mut fetch = tools.command("cargo", &["deny", "fetch", "db"]);
    match process::run_within(&mut fetch, Duration::from_mins(2)) {
        Ok(()) => checks.command("advisories", &mut advisories(tools)),
        Err(error) => {
            // What is rarely run must at least be a command that this version understands.
            checks.check("advisories: the command", || {
                process::run_within(advisories(tools).arg("--help"), Duration::from_mins(1))
            });
            checks.skip("advisories", &format!("no database: {error:#}"));
        }
    }
}

fn advisories(tools: &ToolPath) -> Command {
    tools.command("cargo", &["deny", "--workspace", "--offline", "check", "advisories"])
}

/// Every fault in every phase of a sign-in.
fn faults_matrix(checks: &mut Checks, chromium: &Chromium, bundle: Option<&Bundle>) {
    const NAME: &str = "faults";
    if bundle.is_none() {
        return checks.skip(NAME, NO_BUNDLE);
    }
    match faults::command(chromium) {
        Ok(mut test) => checks.journeys(NAME, &mut test),
        Err(error) => {
            checks.check(NAME, || Err(error));
        }
    }
}

/// The fuzz targets, which are a workspace of their own: their lints and licences, and a run of each that is bounded.
fn hostile_input(checks: &mut Checks, tools: &ToolPath) {
    let manifest = ["--manifest-path", "fuzz/Cargo.toml"];
    checks.command("fuzz targets: format", cargo(&["fmt", "--all", "--check"]).args(manifest));
    // Of the servers' targets only the programs are in there, a line each; to check what they call once more takes minutes.
    let mut lints = cargo(&["clippy", "--workspace", "--exclude", fuzz::SERVERS]);
    lints.args(manifest).arg("--target-dir").arg(workspace::target()).args(["--", "-D", "warnings"]);
    checks.command("fuzz targets: lints", &mut lints);
    let mut deny = tools.command("cargo", &["deny", "--config", "deny.toml", "--workspace"]);
    deny.args(manifest).args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    checks.command("fuzz targets: licences, bans, sources", &mut deny);
    checks.check("fuzz targets: a bounded run", fuzz::check);
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

fn accessibility(checks: &mut Checks, chromium: &Chromium) {
    match gallery::axe(chromium, gallery::ENGLISH) {
        Ok(mut axe) => checks.tests("gallery: axe", &mut axe),
        Err(error) => {
            checks.check("gallery: axe", || Err(error));
        }
    }
    match gallery::walk(chromium) {
        Ok(mut walk) => checks.tests("gallery: walk in every language", &mut walk),
        Err(error) => {
            checks.check("gallery: walk in every language", || Err(error));
        }
    }
}

/// What the journeys drive.
struct Bundle {
    /// The npm package, made of it and installed in the examples.
    package: Option<Installed>,
}

/// Builds the bundle and checks it; `None` if there is none.
fn bundle(checks: &mut Checks, tools: &ToolPath) -> Option<Bundle> {
    let options = bundle::Options::default();
    if !checks.check("bundle", || bundle::build(tools, options)) {
        for name in [WITHOUT_TRUNK, "size budget", LANGUAGES] {
            checks.skip(name, NO_BUNDLE);
        }
        return None;
    }
    checks.check(WITHOUT_TRUNK, || {
        let folder = workspace::target().join("dist-without-trunk");
        bundle::assemble(tools, options, &folder)?;
        bundle::same_files(&workspace::dist(), &folder)
    });
    checks.check("size budget", || {
        let report = size::measure()?;
        output::line(report.table());
        report.check()
    });
    checks.command(LANGUAGES, &mut languages::command());
    Some(Bundle { package: npm_package(checks, tools) })
}

fn journeys(checks: &mut Checks, tools: &ToolPath, chromium: &Chromium, bundle: Option<&Bundle>) {
    const NAME: &str = "journeys";
    let Some(bundle) = bundle else {
        checks.skip(NAME, NO_BUNDLE);
        return;
    };
    match journeys::command(tools, chromium) {
        Ok(mut test) => {
            if let Some(installed) = &bundle.package {
                journeys::name_package(&mut test, installed);
            }
            checks.journeys(NAME, &mut test);
        }
        Err(error) => {
            checks.check(NAME, || Err(error));
        }
    }
}

/// The npm package, made of the bundle: what others' tools find in it, and the examples that it is installed in. The
/// journeys drive these.
fn npm_package(checks: &mut Checks, tools: &ToolPath) -> Option<Installed> {
    let mut made = None;
    checks.check("package: packed and installed in the examples", || {
        made = Some(Installed::prepare(tools)?);
        Ok(())
    });
    let installed = made?;
    match installed.checks() {
        Ok(commands) => commands.into_iter().for_each(|(name, mut command)| checks.command(name, &mut command)),
        Err(error) => {
            checks.check("package: tools", || Err(error));
        }
    }
    for example in package::EXAMPLES {
        for (name, script) in [("types", "check"), ("build", "build")] {
            checks.command(&format!("examples/{example}: {name}"), &mut installed.npm_run(example, script));
        }
    }
    checks.check("examples/react: rendered on a server", || installed.renders_on_a_server());
    Some(installed)
}

const NO_BUNDLE: &str = "there is no bundle";
const LANGUAGES: &str = "languages, and their table in docs/languages.md";
const WITHOUT_TRUNK: &str = "bundle: the same files without Trunk";

/// The journeys in which engines differ, in the ones beside Chromium. An engine that this machine does not have is no
/// failure.
fn journeys_in_other_engines(checks: &mut Checks, bundle: Option<&Bundle>) {
    for engine in engines::OTHERS {
        let name = journeys_in(engine);
        if bundle.is_none() {
            checks.skip(&name, NO_BUNDLE);
            continue;
        }
        let found = match engine.setup() {
            Ok(found) => found,
            Err(error) => {
                checks.skip(&name, &format!("{error:#}"));
                continue;
            }
        };
        match journeys::command_in_other(engine, &found) {
            Ok(mut test) => checks.journeys(&name, &mut test),
            Err(error) => {
                checks.check(&name, || Err(error));
            }
        }
    }
}

fn journeys_in(engine: engines::Engine) -> String {
    format!("journeys in which engines differ: {engine}")
}

fn cargo(args: &[&str]) -> Command {
    process::command("cargo", args)
}

fn replay(path: &str) -> Command {
    cargo(&["run", "--quiet", "-p", "okta-replay", "--", path])
}

/// How many journeys may run a second time. Where more fail, it is no accident.
const SECOND_ATTEMPTS: usize = 5;

/// The checks so far.
#[derive(Default)]
struct Checks {
    counts: Counts,
    finished: Vec<Finished>,
    /// Why tests failed. They are printed again at the end, where whoever reads a long log looks first.
    reasons: Vec<String>,
}

struct Finished {
    name: String,
    counts: Counts,
    time: Duration,
    remark: String,
}

impl Checks {
    /// A command that passes or fails as a whole.
    fn command(&mut self, name: &str, command: &mut Command) {
        let remark = process::shown(command);
        self.make(name, &remark, || {
            // Its messages are results, so they do not go to standard error.
            let (ended_well, _) = process::run_and_keep(command)?;
            Ok(if ended_well { Counts::PASSED } else { Counts::FAILED })
        });
    }

    /// A command that runs tests and counts them itself.
    fn tests(&mut self, name: &str, command: &mut Command) {
        let remark = process::shown(command);
        let mut failed = Vec::new();
        self.make(name, &remark, || {
            let (ended_well, output) = process::run_and_keep(command)?;
            failed = counts::failed_tests(&output);
            Ok(Counts::of_test_run(&output, ended_well))
        });
        self.reasons.extend(failed.iter().map(FailedTest::to_string));
    }

    /// The same for tests that drive a browser: the few that failed run a second time, one after the other. A failure
    /// that does not come again is still told at the end.
    fn journeys(&mut self, name: &str, command: &mut Command) {
        let remark = process::shown(command);
        let mut reasons = Vec::new();
        self.make(name, &remark, || {
            let (ended_well, output) = process::run_and_keep(command)?;
            let first = Counts::of_test_run(&output, ended_well);
            let failed = counts::failed_tests(&output);
            reasons.extend(failed.iter().map(FailedTest::to_string));
            if first.failed != failed.len() || !(1..=SECOND_ATTEMPTS).contains(&failed.len()) {
                return Ok(first);
            }
            output::line("\n--- a second attempt ---");
            let names = failed.iter().map(|test| test.name.as_str());
            let (_, output) = process::run_and_keep(process::again(command).arg("--exact").args(names))?;
            let again = counts::failed_tests(&output);
            let passed = Counts::of_test_results(&output).passed;
            for (test, reason) in failed.iter().zip(&mut reasons) {
                let comes_again = again.iter().any(|other| other.name == test.name);
                let verdict = if comes_again { "failed twice" } else { "failed once, and passed then" };
                *reason = format!("{verdict}: {reason}");
            }
            Ok(first.after_second_attempt(passed))
        });
        self.reasons.append(&mut reasons);
    }

    /// A check of our own; says whether it passed.
    fn check(&mut self, name: &str, check: impl FnOnce() -> anyhow::Result<()>) -> bool {
        self.make(name, "", || check().map(|()| Counts::PASSED))
    }

    /// A check that could not be made.
    fn skip(&mut self, name: &str, why: &str) {
        self.make(name, why, || Ok(Counts::SKIPPED));
    }

    fn make(&mut self, name: &str, remark: &str, check: impl FnOnce() -> anyhow::Result<Counts>) -> bool {
        output::line(format_args!("\n=== {name} === {remark}"));
        let start = Instant::now();
        let counts = check().unwrap_or_else(|error| {
            output::line(format_args!("{error:#}"));
            Counts::FAILED
        });
        let time = start.elapsed();
        output::line(format_args!("=== {name}: {counts} ({})", process::duration(time)));
        output::release();
        self.counts += counts;
        self.finished.push(Finished { name: name.to_owned(), counts, time, remark: remark.to_owned() });
        counts.failed == 0
    }

    /// Makes two lists of checks at the same time. The lines of each check are printed when it has ended.
    fn side_by_side<A: Send, B: Send>(
        &mut self,
        one: impl FnOnce(&mut Self) -> A + Send,
        other: impl FnOnce(&mut Self) -> B + Send,
    ) -> (A, B) {
        let ((one, first), (other, second)) = thread::scope(|scope| {
            let (one, other) = (scope.spawn(|| Self::holding_lines(one)), scope.spawn(|| Self::holding_lines(other)));
            (joined(one), joined(other))
        });
        for checks in [first, second] {
            self.counts += checks.counts;
            self.finished.extend(checks.finished);
            self.reasons.extend(checks.reasons);
        }
        (one, other)
    }

    fn holding_lines<T>(make: impl FnOnce(&mut Self) -> T) -> (T, Self) {
        output::hold();
        let mut checks = Self::default();
        let outcome = make(&mut checks);
        (outcome, checks)
    }

    /// Prints all checks, and last of all the counts.
    fn close(self, time: Duration) -> ExitCode {
        let mut rows: Vec<Vec<String>> = self.finished.iter().map(Finished::row).collect();
        rows.push(vec![String::new(), "all, some side by side".to_owned(), process::duration(time), String::new()]);
        println!();
        for line in table::lines(&[Align::Left, Align::Left, Align::Right, Align::Left], &rows) {
            println!("{line}");
        }
        for reason in &self.reasons {
            println!("\n{reason}");
        }
        println!("\n{}", self.counts);
        if self.counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// What a thread returns; its panic is ours.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Finished {
    fn row(&self) -> Vec<String> {
        let (verdict, remark) = if self.counts.failed > 0 {
            ("FAILED", self.remark.as_str())
        } else if self.counts == Counts::SKIPPED {
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
    use std::sync::Barrier;

    use anyhow::bail;

    use super::*;

    #[test]
    fn one_failure_fails_the_run_and_an_error_is_a_failure() {
        let mut checks = Checks::default();
        assert!(checks.check("good", || Ok(())));
        assert!(!checks.check("bad", || bail!("no")));
        checks.skip("absent", "not here");
        assert_eq!(checks.counts.to_string(), "1 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn checks_side_by_side_are_all_counted() {
        // Each waits for the other one: one after the other, they would wait for ever.
        let both = Barrier::new(2);
        let mut checks = Checks::default();
        checks.check("before", || Ok(()));
        let made = checks.side_by_side(
            |checks| {
                both.wait();
                checks.check("one", || Ok(()))
            },
            |checks| {
                both.wait();
                checks.check("other", || bail!("no"))
            },
        );
        assert_eq!(made, (true, false));
        assert_eq!(checks.counts.to_string(), "2 passed, 1 failed, 0 skipped");
        let names: Vec<&str> = checks.finished.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["before", "one", "other"]);
    }
}
