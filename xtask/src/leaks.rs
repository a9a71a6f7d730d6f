//! Has the `okta-bench` program look for what a page that stays open keeps of widgets that are gone. Not here: how it
//! looks.

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::Context as _;

use crate::{
    browser::{self, Chromium},
    bundle, compile, emulator, hook, journeys, npm, process, reliability, tools, workspace,
};

/// Builds the bundle, installs the peer, and makes all rounds. With `record`, the page has the tables.
pub(crate) fn run(only: Option<&str>, record: bool) -> anyhow::Result<ExitCode> {
    let tools = tools::setup_build()?;
    let chromium = browser::setup()?;
    npm::needed("okta-signin-widget, which is measured too,")?;
    let peers = workspace::root().join("xtask").join("bench").join("peers");
    npm::ci_once(&peers)?;
    bundle::build(&tools, bundle::Options::default())?;
    let mut rounds = rounds(&chromium)?;
    rounds.arg("--peers").arg(peers.join("node_modules"));
    if let Some(only) = only {
        rounds.args(["--only", only]);
    }
    let out: PathBuf = workspace::target().join("leaks.md");
    rounds.arg("--out").arg(&out);
    let code = process::run_visibly(&mut rounds)?;
    if record && code == ExitCode::SUCCESS {
        let tables = fs::read_to_string(&out).with_context(|| out.display().to_string())?;
        reliability::record("leaks", &tables)?;
    }
    Ok(code)
}

fn rounds(chromium: &Chromium) -> anyhow::Result<Command> {
    let bench = compile::program("okta-bench")?;
    let (emulator, hook) = (compile::program(emulator::PACKAGE)?, compile::program(hook::PACKAGE)?);
    let mut rounds = Command::new(bench);
    rounds.arg("leaks").arg("--dist").arg(workspace::dist()).current_dir(workspace::root());
    journeys::name_browser(&mut rounds, chromium);
    rounds.env("OKTA_E2E_EMULATOR", emulator).env("OKTA_E2E_HOOK", hook);
    Ok(rounds)
}
