//! The backend hook as a program of its own: building it, starting it against the emulated org, knowing when
//! it answers. What it does is its own business (`backend-hook/`).

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::{process, serve::OrgUrl, workspace};

/// What it prints when it answers.
const READY: &str = "hook listening on ";
/// What the sample org of the emulator takes for a token, and the groups it has.
const TOKEN: &str = "emulator-api-token";
const GROUPS: &str = "00g11eyizklnBxpN42p7,00g11dsz2ebabDtTI2p7";
/// A key for demonstrations, known to everyone who reads this.
const COOKIE_KEY: &str = "ZGVtb25zdHJhdGlvbiBrZXksIGtub3duIHRvIGFsbCE=";

/// Builds it as it is run for people, and says where the program is.
pub(crate) fn build_release() -> anyhow::Result<PathBuf> {
    process::run(&mut process::command("cargo", &["build", "--release", "--package", "okta-backend-hook"]))?;
    Ok(workspace::built_program("release", "okta-backend-hook"))
}

/// Builds it as the journeys use it, and says where the program is.
pub(crate) fn build_debug() -> anyhow::Result<PathBuf> {
    process::run(&mut process::command("cargo", &["build", "--package", "okta-backend-hook"]))?;
    Ok(workspace::built_program("debug", "okta-backend-hook"))
}

/// A running hook; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Hook(Child);

impl Hook {
    /// Starts it before an emulated org, for the pages of one origin, and waits until it answers.
    pub(crate) async fn start(program: &Path, port: u16, org: &OrgUrl, page: &OrgUrl) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["--org", org.as_str(), "--origin", page.as_str(), "--group", GROUPS, "--log", "warn"])
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .env("HOOK_API_TOKEN", TOKEN)
            .env("HOOK_COOKIE_KEYS", COOKIE_KEY)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let stdout = child.stdout.take().context("the hook has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await? {
                if line.starts_with(READY) {
                    return Ok(());
                }
            }
            bail!("the hook ended before it answered; its messages stand above")
        };
        let within = tokio::time::timeout(Duration::from_secs(20), ready);
        within.await.context("the hook did not say within 20 s that it listens")??;
        Ok(Self(child))
    }

    /// Resolves when it has ended by itself, with the reason as far as known.
    pub(crate) async fn ended(&mut self) -> anyhow::Error {
        match self.0.wait().await {
            Ok(status) => anyhow::anyhow!("the hook ended ({status})"),
            Err(error) => anyhow::Error::new(error).context("waiting for the hook"),
        }
    }
}
