//! The emulated org as a program of its own: compiles it, starts it and gets the list of its users. Not here: what
//! it answers (`emulator/`).

use std::{
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use tokio::process::Command;

use crate::{compile, process, serve::OrgUrl, service::Service};

/// The program.
pub(crate) const PACKAGE: &str = "okta-emulator";
/// What it prints when it answers.
const READY: &str = "emulator listening on ";

/// Runs it alone until it ends.
pub(crate) fn run(port: u16, page_origin: &OrgUrl) -> anyhow::Result<ExitCode> {
    process::run_visibly(std::process::Command::new(compile::program(PACKAGE)?).args(arguments(port, page_origin)))
}

fn arguments(port: u16, page_origin: &OrgUrl) -> [String; 5] {
    ["--port".to_owned(), port.to_string(), "--page-origin".to_owned(), page_origin.to_string(), "--control".to_owned()]
}

/// Starts it and waits until it answers.
pub(crate) async fn start(program: &Path, port: u16, page_origin: &OrgUrl) -> anyhow::Result<Service> {
    Service::start("emulator", Command::new(program).args(arguments(port, page_origin)), READY).await
}

/// Someone who can sign in at the emulated org.
#[derive(Debug, Deserialize)]
pub(crate) struct SampleUser {
    pub(crate) login: String,
    pub(crate) password: String,
    /// What signing in as this user shows.
    pub(crate) shows: String,
}

/// Asks the program who can sign in.
pub(crate) fn sample_users(program: &PathBuf) -> anyhow::Result<Vec<SampleUser>> {
    let output = std::process::Command::new(program)
        .args(["--list-users", "--json"])
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start {}", program.display()))?;
    if !output.status.success() {
        bail!("the emulator could not list its users ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("the emulator's list of users")
}
