//! The emulated org as a program of its own: building it, starting it, knowing when it answers and
//! who can sign in there. What it answers is its own business (`emulator/`).

use std::{
    path::PathBuf,
    process::{ExitCode, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::{process, serve::OrgUrl, workspace};

/// What it prints when it answers.
const READY: &str = "emulator listening on ";

/// Builds it as it is run for people, and says where the program is.
pub(crate) fn build_release() -> anyhow::Result<PathBuf> {
    process::run(&mut process::command("cargo", &["build", "--release", "--package", "okta-emulator"]))?;
    Ok(workspace::built_program("release", "okta-emulator"))
}

/// Builds it as the journeys use it, and says where the program is.
pub(crate) fn build_debug() -> anyhow::Result<PathBuf> {
    process::run(&mut process::command("cargo", &["build", "--package", "okta-emulator"]))?;
    Ok(workspace::built_program("debug", "okta-emulator"))
}

/// Runs it alone until it ends.
pub(crate) fn run(port: u16, page_origin: &OrgUrl) -> anyhow::Result<ExitCode> {
    let program = build_release()?;
    let status = std::process::Command::new(&program)
        .args(arguments(port, page_origin))
        .status()
        .with_context(|| format!("could not start {}", program.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

fn arguments(port: u16, page_origin: &OrgUrl) -> [String; 5] {
    ["--port".to_owned(), port.to_string(), "--page-origin".to_owned(), page_origin.to_string(), "--control".to_owned()]
}

/// A running emulator; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Emulator {
    child: Child,
    /// Where it listens, as it said itself.
    pub(crate) address: String,
}

impl Emulator {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(program: &PathBuf, port: u16, page_origin: &OrgUrl) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments(port, page_origin))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let stdout = child.stdout.take().context("the emulator has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = line.strip_prefix(READY) {
                    return Ok(address.trim().to_owned());
                }
                eprintln!("{line}");
            }
            bail!("the emulator ended before it answered; its messages stand above")
        };
        let address = tokio::time::timeout(Duration::from_secs(20), ready)
            .await
            .context("the emulator did not say within 20 s where it listens")??;
        // What it prints later is still worth reading, and must not block it.
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                eprintln!("{line}");
            }
        });
        Ok(Self { child, address })
    }

    /// Resolves when it has ended by itself, with the reason as far as known.
    pub(crate) async fn ended(&mut self) -> anyhow::Error {
        match self.child.wait().await {
            Ok(status) => anyhow::anyhow!("the emulator ended ({status})"),
            Err(error) => anyhow::Error::new(error).context("waiting for the emulator"),
        }
    }
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
