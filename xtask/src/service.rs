//! Programs of this repository that run beside the page: starts one and waits until it answers. Not here: which
//! programs those are, and their arguments (`emulator.rs`, `hook.rs`).

use std::{process::Stdio, time::Duration};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// A running program; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Service {
    child: Child,
    name: &'static str,
    /// Where it listens, as it has printed.
    pub(crate) address: String,
}

impl Service {
    /// Starts it and waits until it prints a line that begins with `ready`, whose rest is its address.
    pub(crate) async fn start(name: &'static str, command: &mut Command, ready: &str) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", command.as_std().get_program().display()))?;
        let stdout = child.stdout.take().with_context(|| format!("the {name} has no output"))?;
        let mut lines = BufReader::new(stdout).lines();
        let answers = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = line.strip_prefix(ready) {
                    return Ok(address.trim().to_owned());
                }
                eprintln!("{line}");
            }
            bail!("the {name} ended before it answered; its messages stand above")
        };
        let address = tokio::time::timeout(Duration::from_secs(20), answers)
            .await
            .with_context(|| format!("the {name} did not say within 20 s where it listens"))??;
        // What it prints later is still worth reading, and must not block it.
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                eprintln!("{line}");
            }
        });
        Ok(Self { child, name, address })
    }

    /// Resolves when it has ended by itself, with the reason as far as known.
    pub(crate) async fn ended(&mut self) -> anyhow::Error {
        match self.child.wait().await {
            Ok(status) => anyhow::anyhow!("the {} ended ({status})", self.name),
            Err(error) => anyhow::Error::new(error).context(format!("waiting for the {}", self.name)),
        }
    }
}
