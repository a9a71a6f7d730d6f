//! The processes of a browser: its driver, its display and its folder, and how a session begins and ends. Not here: what is
//! done with the browser (`browser.rs`).

use std::{
    env, fs,
    net::TcpListener,
    path::PathBuf,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tokio::process::Command;

use crate::{Engine, Setup, child::Running, chromium, environment, firefox, wait_until, webkit};

/// The running programs of one browser.
#[derive(Debug)]
pub(crate) struct Driver {
    running: Running,
    /// The address of chromedriver, which can be asked to clean up.
    address: String,
    /// The virtual display of an engine without a headless mode.
    display: Option<Running>,
    /// Dropped last: it contains the browser's profile.
    _folder: TempFolder,
}

/// A temporary folder for the browser, removed on drop.
#[derive(Debug)]
struct TempFolder(PathBuf);

impl TempFolder {
    fn new() -> Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // Short, because the browser puts a socket into it.
        let folder = env::temp_dir().join(format!("okta-e2e-{}-{count}", process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _nothing_to_be_done = fs::remove_dir_all(&self.0);
    }
}

impl Driver {
    /// Starts the driver of an engine, and a session with a fresh profile.
    pub(crate) async fn start(engine: Engine, setup: Setup<'_>) -> Result<(Self, Client)> {
        let folder = TempFolder::new()?;
        let mut command = Command::new(environment::path("OKTA_E2E_DRIVER")?);
        command.env("TMPDIR", &folder.0);
        let (driver, capabilities) = match engine {
            Engine::Chromium => {
                command.arg("--port=0");
                let (running, port) =
                    Running::start(&mut command, "ChromeDriver was started successfully on port ").await?;
                let address = format!("http://localhost:{}", port.trim_end_matches('.'));
                (Self { running, address, display: None, _folder: folder }, chromium::capabilities(setup)?)
            }
            Engine::Firefox => {
                command.args(["--allow-system-access", &format!("--websocket-port={}", free_port()?)]);
                (Self::mute(engine, command, None, folder).await?, firefox::capabilities(setup)?)
            }
            Engine::Webkit => {
                let display = webkit::prepare(&mut command, setup, &folder.0).await?;
                (Self::mute(engine, command, Some(display), folder).await?, webkit::capabilities(setup)?)
            }
        };
        let client = driver.session(engine, capabilities).await?;
        Ok((driver, client))
    }

    /// Starts a driver that does not report when it is ready in a way that is documented.
    async fn mute(engine: Engine, mut command: Command, display: Option<Running>, folder: TempFolder) -> Result<Self> {
        let port = free_port()?;
        let running = Running::start_mute(command.arg(format!("--port={port}")))?;
        // It then accepts a connection.
        let listens = format!("the driver of {engine} to listen");
        wait_until(&listens, async || Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())).await?;
        Ok(Self { running, address: format!("http://127.0.0.1:{port}"), display, _folder: folder })
    }

    async fn session(&self, engine: Engine, capabilities: Map<String, Value>) -> Result<Client> {
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .with_context(|| format!("could not start a browser session of {engine}"))
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

/// A free port.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
