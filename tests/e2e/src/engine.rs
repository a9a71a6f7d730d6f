//! A browser of the engine that `OKTA_E2E_ENGINE` names, driven by plain WebDriver. Not here: what only
//! Chromium supports (`driver.rs`).

use std::net::TcpListener;

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::process::Command;

use crate::{
    Wasm,
    child::Running,
    driver::{TempFolder, WITHOUT_WASM},
    environment, navigation, wait_until,
};

/// A running browser with one window.
#[derive(Debug)]
pub struct AnyBrowser {
    /// The WebDriver session.
    pub client: Client,
    driver: Running,
    /// The virtual display of an engine without a headless mode.
    display: Option<Running>,
    /// Dropped last: it contains the browser's profile.
    _temp_folder: TempFolder,
}

impl AnyBrowser {
    /// Starts the browser.
    pub async fn start() -> Result<Self> {
        Self::start_with(Wasm::Allowed).await
    }

    /// Starts the browser, with WebAssembly or without.
    pub async fn start_with(wasm: Wasm) -> Result<Self> {
        let engine = environment::text("OKTA_E2E_ENGINE")?;
        let without = wasm == Wasm::Missing;
        let capabilities = capabilities(&engine, without)?;
        let temp_folder = TempFolder::new()?;
        let mut command = Command::new(environment::path("OKTA_E2E_DRIVER")?);
        if without && engine == "webkit" {
            // What Lockdown Mode of Apple's devices turns off.
            command.env("JSC_useWasm", "0").env("JSC_useJIT", "0");
        }
        let port = free_port()?;
        command.arg(format!("--port={port}")).env("TMPDIR", &temp_folder.0);
        let display = if engine == "webkit" { Some(display(&mut command).await?) } else { None };
        let driver = Running::start_mute(&mut command)?;
        let address = format!("http://127.0.0.1:{port}");
        // Drivers report differently that they are ready; all of them then accept a connection.
        let listens = format!("the driver of {engine} to listen");
        wait_until(&listens, async || Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())).await?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&address).await;
        let client = client.with_context(|| format!("could not start a session of {engine}"))?;
        Ok(Self { client, driver, display, _temp_folder: temp_folder })
    }

    /// Opens an address, and waits until the page can be seen.
    pub async fn open(&self, address: &str) -> Result<()> {
        navigation::open(&self.client, address).await
    }

    /// Closes the window and ends all processes.
    pub async fn close(self) -> Result<()> {
        let closed = self.client.close().await.context("could not close the browser");
        self.driver.kill().await?;
        if let Some(display) = self.display {
            display.kill().await?;
        }
        closed
    }
}

/// Starts a virtual display for the command.
async fn display(command: &mut Command) -> Result<Running> {
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "800x900x24", "-nolisten", "tcp"]);
    server.stderr(std::process::Stdio::null());
    let (running, number) = Running::start(&mut server, "").await?;
    command.env("DISPLAY", format!(":{number}")).env("NO_AT_BRIDGE", "1");
    Ok(running)
}

/// A free port.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn capabilities(engine: &str, without_wasm: bool) -> Result<Map<String, Value>> {
    let binary = environment::path("OKTA_E2E_BROWSER")?;
    // Late resources are not waited for. WebKit does not wait for them anyway, and hangs with `eager`.
    let strategy = if engine == "webkit" { "normal" } else { "eager" };
    let mut all = Map::from_iter([("pageLoadStrategy".to_owned(), json!(strategy))]);
    let (name, own) = match engine {
        "chromium" => {
            let flags = environment::text("OKTA_E2E_CHROMIUM_FLAGS")?;
            let flags: Vec<&str> = flags.split_whitespace().chain(without_wasm.then_some(WITHOUT_WASM)).collect();
            ("goog:chromeOptions", json!({ "binary": binary, "args": flags }))
        }
        "firefox" => {
            let prefs = json!({ "javascript.options.wasm": !without_wasm });
            ("moz:firefoxOptions", json!({ "binary": binary, "args": ["-headless"], "prefs": prefs }))
        }
        "webkit" => ("webkitgtk:browserOptions", json!({ "binary": binary, "args": ["--automation"] })),
        other => bail!("there is no engine {other}"),
    };
    all.insert(name.to_owned(), own);
    Ok(all)
}
