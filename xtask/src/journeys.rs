//! Running the journeys of `tests/e2e`: what has to be built for them and what they are told about
//! it. What a journey does, and how it drives a browser, stands there.

use std::process::{Command, ExitCode};

use crate::{
    browser::{self, Chromium},
    bundle, emulator,
    engines::{self, Engine},
    hook, process,
    tally::Tally,
    tools, workspace,
};

/// Builds everything and runs the journeys whose name contains the filter.
pub(crate) fn run(filter: Option<&str>) -> anyhow::Result<ExitCode> {
    let tools = tools::setup(tools::BUILD)?;
    let chromium = browser::setup()?;
    bundle::build(&tools, bundle::Options::default())?;
    let (ended_well, output) = process::run_and_keep(&mut command(&chromium, filter)?)?;
    let tally = Tally::of_test_run(&output, ended_well);
    println!("{tally}");
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The test run over the bundle in `dist/`, after building the programs that it starts.
pub(crate) fn command(chromium: &Chromium, filter: Option<&str>) -> anyhow::Result<Command> {
    let mut test = process::command("cargo", &["test", "--no-fail-fast", "--package", "okta-e2e", "--"]);
    // Two journeys at a time: each has a browser of its own.
    test.arg("--test-threads=2").args(filter);
    tell_programs(&mut test)?;
    tell(&mut test, chromium);
    engines::tell(&mut test, Engine::Chromium, &chromium.browser, &chromium.driver);
    Ok(test)
}

/// Builds the programs that a journey starts, and tells it where they and the bundle are.
pub(crate) fn tell_programs(command: &mut Command) -> anyhow::Result<()> {
    let emulator = emulator::build_debug()?;
    let hook = hook::build_debug()?;
    process::run(&mut process::command("cargo", &["build", "--package", "xtask"]))?;
    command.env("OKTA_E2E_EMULATOR", emulator).env("OKTA_E2E_HOOK", hook);
    tell_places(command);
    Ok(())
}

fn tell_places(command: &mut Command) {
    command.env("OKTA_E2E_XTASK", workspace::built_program("debug", "xtask")).env("OKTA_E2E_DIST", workspace::dist());
}

/// Tells a program that drives a browser where it is, and where the built programs and the bundle are.
pub(crate) fn tell(command: &mut Command, chromium: &Chromium) {
    tell_places(command);
    command
        .env("OKTA_E2E_CHROMIUM", &chromium.browser)
        .env("OKTA_E2E_CHROMEDRIVER", &chromium.driver)
        .env("OKTA_E2E_CHROMIUM_FLAGS", browser::flags().join(" "));
}
