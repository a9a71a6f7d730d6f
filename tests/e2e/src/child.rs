//! Child processes of a journey. A program prints a line when it is ready, which also contains its
//! port. Not here: what the programs do.

use std::{process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// A running program; it is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Running {
    /// Starts the program and waits for the line that begins with `ready`; returns the rest of that line.
    pub(crate) async fn start(command: &mut Command, ready: &str) -> Result<(Self, String)> {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {name}"))?;
        let stdout = child.stdout.take().context("a child without output")?;
        let mut lines = BufReader::new(stdout).lines();
        let wanted = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(rest) = line.strip_prefix(ready) {
                    return Ok(rest.trim().to_owned());
                }
            }
            bail!("{name} ended before it was ready")
        };
        let rest = timeout(Duration::from_secs(20), wanted)
            .await
            .with_context(|| format!("{name} did not say `{ready}` within 20 s"))??;
        // Keep reading, so that the program never blocks on a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok((Self(child), rest))
    }

    /// Its process id, while it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.0.id()
    }

    /// Starts a program that does not report when it is ready.
    pub(crate) fn start_mute(command: &mut Command) -> Result<Self> {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        command.spawn().map(Self).with_context(|| format!("could not start {name}"))
    }

    /// Waits a limited time for the program to exit; then kills it.
    pub(crate) async fn ended(mut self) -> Result<()> {
        match timeout(Duration::from_secs(5), self.0.wait()).await {
            Ok(ended) => ended.map(|_| ()).context("waiting for a program to exit"),
            Err(_) => self.kill().await,
        }
    }

    /// Kills the program and waits until it has exited.
    pub(crate) async fn kill(mut self) -> Result<()> {
        self.0.kill().await.context("could not kill a program")
    }
}
