//! The processes of a browser: its driver, its display and its folder, and how a session begins and ends. Not here: what is
//! done with the browser (`browser.rs`).

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::process::Command;

use crate::{
    Engine, Setup, child::Running, chromium, environment, firefox, kept::Kept, ports::free_port, wait_until, webkit,
};

/// The running programs of one browser.
#[derive(Debug)]
pub(crate) enum Driver {
    /// They end with the journey.
    Own(Box<Programs>),
    /// They may be used by the next one.
    Kept(Kept),
}

#[derive(Debug)]
pub(crate) struct Programs {
    running: Running,
    /// The address of the driver.
    address: String,
    /// The virtual display of an engine without a headless mode.
    display: Option<Running>,
    /// Dropped last: it contains the browser's profile.
    _folder: TempFolder,
}

/// A temporary folder for the browser, removed on drop.
#[derive(Debug)]
pub(crate) struct TempFolder(PathBuf);

impl TempFolder {
    pub(crate) fn new() -> Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // Short, because the browser puts a socket into it.
        let folder = env::temp_dir().join(format!("okta-e2e-{}-{count}", process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _nothing_to_be_done = fs::remove_dir_all(&self.0);
    }
}

impl Driver {
    /// Starts the driver of an engine, and a session with a fresh profile; or goes on with a kept one.
    pub(crate) async fn start(engine: Engine, setup: Setup<'_>) -> Result<(Self, Client)> {
        let (programs, capabilities) = match engine {
            Engine::Chromium => (Programs::chromium().await?, chromium::capabilities(setup)?),
            Engine::Firefox => {
                let (kept, client) = Kept::take_or_start(firefox::capabilities(setup)?).await?;
                return Ok((Self::Kept(kept), client));
            }
            Engine::Webkit => (Programs::webkit(setup).await?, webkit::capabilities(setup)?),
        };
        let mut session = ClientBuilder::new(HttpConnector::new());
        let client = session.capabilities(capabilities).connect(&programs.address).await;
        let client = client.with_context(|| format!("could not start a browser session of {engine}"))?;
        Ok((Self::Own(Box::new(programs)), client))
    }
}

impl Programs {
    async fn chromium() -> Result<Self> {
        let folder = TempFolder::new()?;
        let mut command = command(&folder)?;
        let ready = "ChromeDriver was started successfully on port ";
        let (running, port) = Running::start(command.arg("--port=0"), ready).await?;
        let address = format!("http://localhost:{}", port.trim_end_matches('.'));
        Ok(Self { running, address, display: None, _folder: folder })
    }

    /// Starts a driver that does not report when it is ready.
    async fn webkit(setup: Setup<'_>) -> Result<Self> {
        let folder = TempFolder::new()?;
        let mut command = command(&folder)?;
        let display = Some(webkit::prepare(&mut command, setup, &folder.0).await?);
        let port = free_port()?;
        let running = Running::start_mute(command.arg(format!("--port={port}")))?;
        // It then accepts a connection.
        wait_until("the driver of webkit to listen", async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        Ok(Self { running, address: format!("http://127.0.0.1:{port}"), display, _folder: folder })
    }

    /// Ends all programs, after the session has been closed.
    pub(crate) async fn end(self, engine: Engine) -> Result<()> {
        // On /shutdown chromedriver waits for the browser's processes and cleans up; when killed it does not.
        let asked = engine == Engine::Chromium && reqwest::get(format!("{}/shutdown", self.address)).await.is_ok();
        let ended = if asked { self.running.ended().await } else { self.running.kill().await };
        if let Some(display) = self.display {
            display.kill().await?;
        }
        ended
    }
}

fn command(folder: &TempFolder) -> Result<Command> {
    let mut command = Command::new(environment::path("OKTA_E2E_DRIVER")?);
    command.env("TMPDIR", &folder.0);
    Ok(command)
}
