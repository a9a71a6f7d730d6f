//! Runs the journeys of `tests/e2e`: builds what they need and says in variables where it is. Not here: what a journey
//! does, and how it drives a browser.

mod results;

use std::{
    process::{Command, ExitCode},
    time::Instant,
};

use clap::ValueEnum;

use crate::{
    browser::Chromium,
    bundle, compile,
    counts::Counts,
    emulator,
    engines::{self, Engine, Found},
    examples, hook, package, peer,
    process::{self, ToolPath},
    tools, workspace,
};

use results::Results;

/// In which engines journeys are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Choice {
    /// Chromium with chromedriver
    Chromium,
    /// Firefox with geckodriver
    Firefox,
    /// `WebKitGTK` with its own driver
    Webkit,
    /// Each of them, one after the other
    All,
}

impl Choice {
    fn engines(self) -> &'static [Engine] {
        match self {
            Self::Chromium => &[Engine::Chromium],
            Self::Firefox => &[Engine::Firefox],
            Self::Webkit => &[Engine::Webkit],
            Self::All => &engines::ALL,
        }
    }

    /// Finds each of them, and installs what is missing.
    pub(crate) fn setup(self) -> anyhow::Result<Vec<(Engine, Found)>> {
        self.engines().iter().map(|engine| Ok((*engine, engine.setup()?))).collect()
    }
}

/// What engines do differently: the journeys that `cargo xtask test` also makes in the engines beside Chromium. Each is a
/// part of the names of tests.
const DIFFERENT: &[&str] = &[
    "browser_history::",
    "discovery::a_name_of_a_provider",
    "hydration::",
    "no_wasm::a_password",
    "phones::",
    "sign_in::",
    "static_form::an_early",
    "stopped::",
    "tokens_openid::a_frame_after",
    "tokens_openid::a_frame_that",
    "tokens_openid::a_redirect_after",
    "typing::",
    "webauthn::enroll",
];

/// Builds everything and runs the journeys whose name contains the filter. Without one, the results can be recorded.
pub(crate) fn run(choice: Choice, filter: Option<&str>, record: bool) -> anyhow::Result<ExitCode> {
    let tools = tools::setup_build()?;
    let found = choice.setup()?;
    bundle::build(&tools, bundle::Options::default())?;
    let mut all = prepare(&tools, filter)?;
    all.args(filter);
    if is_meant(PACKAGE, filter) {
        let installed = package::Installed::prepare(&tools)?;
        installed.build_examples()?;
        name_package(&mut all, &installed);
    }
    let (mut has_failed, mut every) = (false, Vec::new());
    for (engine, found) in &found {
        let mut test = process::again(&all);
        engines::name_engine(&mut test, *engine, found);
        let start = Instant::now();
        let (ended_well, output) = process::run_and_keep(&mut test)?;
        let counts = Counts::of_test_run(&output, ended_well);
        has_failed |= counts.failed > 0;
        let results = Results::of_run(*engine, found.versions(*engine), &output, counts, start.elapsed());
        if record {
            // Now: what comes after may be ended.
            results.keep()?;
            results::record()?;
        }
        every.push(results);
    }
    every.iter().for_each(Results::print);
    Ok(if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The test run in Chromium over the bundle in `dist/`, after building the programs that it starts.
pub(crate) fn command(tools: &ToolPath, chromium: &Chromium) -> anyhow::Result<Command> {
    let mut test = prepare(tools, None)?;
    engines::name_engine(&mut test, Engine::Chromium, &chromium.into());
    Ok(test)
}

/// The same in another engine, of the journeys in which engines differ.
pub(crate) fn command_in_other(engine: Engine, found: &Found) -> anyhow::Result<Command> {
    let mut test = tests();
    test.args(DIFFERENT);
    compile_programs(&mut test)?;
    engines::name_engine(&mut test, engine, found);
    Ok(test)
}

fn tests() -> Command {
    let targets = ["--lib", "--test", "harness", "--test", "journeys"];
    let mut test = process::command("cargo", &["test", "--no-fail-fast", "--package", "okta-e2e"]);
    // Two journeys at a time: each has a browser of its own.
    test.args(targets).args(["--", "--test-threads=2"]);
    test
}

/// The tests in no engine yet, and what they start.
fn prepare(tools: &ToolPath, filter: Option<&str>) -> anyhow::Result<Command> {
    let mut test = tests();
    compile_programs(&mut test)?;
    if is_meant(AUTH_JS, filter) {
        test.env("OKTA_E2E_AUTH_JS", peer::client()?);
    }
    examples::compile(tools, &mut test)?;
    Ok(test)
}

/// The topic of the journeys with Okta's own client.
const AUTH_JS: &str = "okta_auth_js";

/// Whether these journeys are among those that are made.
fn is_meant(topic: &str, filter: Option<&str>) -> bool {
    filter.is_none_or(|filter| filter.contains(topic) || topic.contains(filter))
}

/// Compiles the programs that a journey starts, and says where they and the bundle are.
pub(crate) fn compile_programs(command: &mut Command) -> anyhow::Result<()> {
    let emulator = compile::program(emulator::PACKAGE)?;
    let hook = compile::program(hook::PACKAGE)?;
    compile::program("xtask")?;
    command.env("OKTA_E2E_EMULATOR", emulator).env("OKTA_E2E_HOOK", hook);
    name_places(command);
    Ok(())
}

/// The topic of the journeys with the npm package, which takes a while to install.
const PACKAGE: &str = "package";

/// Says where the package is, and the examples that it is installed in.
pub(crate) fn name_package(command: &mut Command, installed: &package::Installed) {
    command.env("OKTA_E2E_PACKAGE", &installed.folder);
}

fn name_places(command: &mut Command) {
    command.env("OKTA_E2E_XTASK", workspace::built_program("debug", "xtask")).env("OKTA_E2E_DIST", workspace::dist());
}

/// Says to a program that drives Chromium where that is, and where the compiled programs and the bundle are.
pub(crate) fn name_browser(command: &mut Command, chromium: &Chromium) {
    name_places(command);
    engines::name_engine(command, Engine::Chromium, &chromium.into());
}
