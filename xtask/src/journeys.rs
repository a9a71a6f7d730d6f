//! Runs the journeys of `tests/e2e`: builds what they need and says in variables where it is. Not here: what a journey
//! does, and how it drives a browser.

use std::process::{Command, ExitCode};

use crate::{
    browser::{self, Chromium},
    bundle, compile,
    counts::Counts,
    emulator,
    engines::{self, Engine},
    examples, hook, package, peer,
    process::{self, ToolPath},
    tools, workspace,
};

/// Builds everything and runs the journeys whose name contains the filter.
pub(crate) fn run(filter: Option<&str>) -> anyhow::Result<ExitCode> {
    let tools = tools::setup_build()?;
    let chromium = browser::setup()?;
    bundle::build(&tools, bundle::Options::default())?;
    let mut test = command(&tools, &chromium, filter)?;
    if is_meant(PACKAGE, filter) {
        let installed = package::Installed::prepare(&tools)?;
        installed.build_examples()?;
        name_package(&mut test, &installed);
    }
    let (ended_well, output) = process::run_and_keep(&mut test)?;
    let counts = Counts::of_test_run(&output, ended_well);
    println!("{counts}");
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The test run over the bundle in `dist/`, after building the programs that it starts.
pub(crate) fn command(tools: &ToolPath, chromium: &Chromium, filter: Option<&str>) -> anyhow::Result<Command> {
    let mut test = process::command("cargo", &["test", "--no-fail-fast", "--package", "okta-e2e", "--"]);
    // Two journeys at a time: each has a browser of its own.
    test.arg("--test-threads=2").args(filter);
    compile_programs(&mut test)?;
    if is_meant(AUTH_JS, filter) {
        test.env("OKTA_E2E_AUTH_JS", peer::client()?);
    }
    examples::compile(tools, &mut test)?;
    name_browser(&mut test, chromium);
    engines::name_engine(&mut test, Engine::Chromium, &chromium.browser, &chromium.driver);
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

/// Says to a program that drives a browser where that is, and where the compiled programs and the bundle are.
pub(crate) fn name_browser(command: &mut Command, chromium: &Chromium) {
    name_places(command);
    command
        .env("OKTA_E2E_CHROMIUM", &chromium.browser)
        .env("OKTA_E2E_CHROMEDRIVER", &chromium.driver)
        .env("OKTA_E2E_CHROMIUM_FLAGS", browser::flags().join(" "));
}
