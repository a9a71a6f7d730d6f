//! Programs that run beside a journey and end with it. Each says on a line of its standard output
//! when it is ready, which is also how its port becomes known. What it does is not known here.

use std::{process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// A running program; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Running {
    /// Starts the program and waits for the line that begins with `ready`; returns its rest.
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
        // Read on, so that it is never held up by a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok((Self(child), rest))
    }

    /// Its number in the system, as long as it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.0.id()
    }

    /// Starts a program that does not say when it is ready.
    pub(crate) fn start_mute(command: &mut Command) -> Result<Self> {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        command.spawn().map(Self).with_context(|| format!("could not start {name}"))
    }

    /// Waits until the program has ended by itself, for a moment; then ends it.
    pub(crate) async fn ended(mut self) -> Result<()> {
        match timeout(Duration::from_secs(5), self.0.wait()).await {
            Ok(ended) => ended.map(|_| ()).context("waiting for a program to end"),
            Err(_) => self.kill().await,
        }
    }

    /// Ends the program at once, as a crash would, and waits until it is gone.
    pub(crate) async fn kill(mut self) -> Result<()> {
        self.0.kill().await.context("could not end a program")
    }
}
