//! A browser of whatever engine `OKTA_E2E_ENGINE` names, with what all of them have in common:
//! plain `WebDriver`. What only Chromium can do stands in `driver.rs`, and what is done with a
//! page in the tests.

use std::net::TcpListener;

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::process::Command;

use crate::{child::Running, driver::Scratch, environment, opening, wait_until};

/// A running browser with one window.
#[derive(Debug)]
pub struct AnyBrowser {
    /// The session in it.
    pub client: Client,
    driver: Running,
    /// The screen that it draws on, where it has no mode without.
    display: Option<Running>,
    /// Dropped last: the browser's profile lies in it.
    _scratch: Scratch,
}

impl AnyBrowser {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let engine = environment::text("OKTA_E2E_ENGINE")?;
        let capabilities = capabilities(&engine)?;
        let scratch = Scratch::new()?;
        let mut command = Command::new(environment::path("OKTA_E2E_DRIVER")?);
        let port = free_port()?;
        command.arg(format!("--port={port}")).env("TMPDIR", &scratch.0);
        let display = if engine == "webkit" { Some(display(&mut command).await?) } else { None };
        let driver = Running::start_mute(&mut command)?;
        let address = format!("http://127.0.0.1:{port}");
        // Drivers do not say alike when they are ready; all of them take a connection then.
        let listens = format!("the driver of {engine} to listen");
        wait_until(&listens, async || Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())).await?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&address).await;
        let client = client.with_context(|| format!("could not start a session of {engine}"))?;
        Ok(Self { client, driver, display, _scratch: scratch })
    }

    /// Opens an address, as far as a person would see it.
    pub async fn open(&self, address: &str) -> Result<()> {
        opening::open(&self.client, address).await
    }

    /// Closes the window and ends everything.
    pub async fn close(self) -> Result<()> {
        let closed = self.client.close().await.context("could not close the browser");
        self.driver.kill().await?;
        if let Some(display) = self.display {
            display.kill().await?;
        }
        closed
    }
}

/// A screen of its own for what the command starts.
async fn display(command: &mut Command) -> Result<Running> {
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "800x900x24", "-nolisten", "tcp"]);
    server.stderr(std::process::Stdio::null());
    let (running, number) = Running::start(&mut server, "").await?;
    command.env("DISPLAY", format!(":{number}")).env("NO_AT_BRIDGE", "1");
    Ok(running)
}

/// A port that nobody listens on.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn capabilities(engine: &str) -> Result<Map<String, Value>> {
    let binary = environment::path("OKTA_E2E_BROWSER")?;
    // What is late by intention is not waited for; WebKit does not wait for it anyway, and hangs when told so.
    let strategy = if engine == "webkit" { "normal" } else { "eager" };
    let mut all = Map::from_iter([("pageLoadStrategy".to_owned(), json!(strategy))]);
    let (name, own) = match engine {
        "chromium" => {
            let flags = environment::text("OKTA_E2E_CHROMIUM_FLAGS")?;
            let flags: Vec<&str> = flags.split_whitespace().collect();
            ("goog:chromeOptions", json!({ "binary": binary, "args": flags }))
        }
        "firefox" => ("moz:firefoxOptions", json!({ "binary": binary, "args": ["-headless"] })),
        "webkit" => ("webkitgtk:browserOptions", json!({ "binary": binary, "args": ["--automation"] })),
        other => bail!("there is no engine {other}"),
    };
    all.insert(name.to_owned(), own);
    Ok(all)
}
