//! The browser of a journey: a chromedriver with one headless session and a fresh profile, and commands
//! beyond plain WebDriver (console, clock). Not here: the use of a page (`page.rs`).

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::process::Command;
use url::{ParseError, Url};

use crate::{
    Setup, Sites, Wasm,
    child::Running,
    environment,
    wait::{has_no_end, is_gone},
};

/// The page's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Real,
    /// A clock that the journey can advance.
    Adjustable,
}

/// A running browser with one window.
#[derive(Debug)]
pub struct Browser {
    pub(crate) client: Client,
    driver: Running,
    address: String,
    /// Dropped last: it contains the browser's profile.
    _temp_folder: TempFolder,
}

/// A temporary folder for the browser, removed on drop.
#[derive(Debug)]
pub(crate) struct TempFolder(pub(crate) PathBuf);

impl TempFolder {
    pub(crate) fn new() -> Result<Self> {
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

/// A line of the browser's console.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO`, ...
    pub level: String,
    /// The source: `network`, `security`, `javascript`, `console-api`, ...
    #[serde(default)]
    pub source: String,
    /// The text, with its location.
    pub message: String,
}

impl ConsoleLine {
    /// Whether the line fails a journey. Failed requests do not: the browser reports them itself, and
    /// journeys cause them on purpose.
    pub fn is_failure(&self) -> bool {
        let policy = ["Content Security Policy", "TrustedHTML", "TrustedScript", "Trusted Type"];
        policy.iter().any(|word| self.message.contains(word)) || (self.level == "SEVERE" && !self.is_failed_request())
    }

    fn is_failed_request(&self) -> bool {
        self.source == "network" || self.message.contains("blocked by CORS policy")
    }
}

impl Browser {
    /// Starts a browser with a window of a phone's size.
    pub async fn start(clock: Clock) -> Result<Self> {
        Self::start_for(Setup { clock, ..Setup::default() }).await
    }

    /// Starts a browser with this setup.
    pub(crate) async fn start_for(setup: Setup<'_>) -> Result<Self> {
        let Setup { clock, delay, holds_code, .. } = setup;
        // Without waiting for the load event: journeys wait for late resources themselves.
        let strategy = if delay.is_zero() && !holds_code { "normal" } else { "eager" };
        let mut command = Command::new(environment::path("OKTA_E2E_CHROMEDRIVER")?);
        let temp_folder = TempFolder::new()?;
        command.arg("--port=0").env("TMPDIR", &temp_folder.0);
        let (driver, port) = Running::start(&mut command, "ChromeDriver was started successfully on port ").await?;
        let address = format!("http://localhost:{}", port.trim_end_matches('.'));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(strategy, setup)?)
            .connect(&address)
            .await
            .context("could not start a browser session")?;
        let browser = Self { client, driver, address, _temp_folder: temp_folder };
        browser.resize(390, 844).await?;
        if clock == Clock::Adjustable {
            let source = include_str!("clock.js");
            browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        }
        Ok(browser)
    }

    /// Opens an address, and waits until it has loaded.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.client.goto(address).await.with_context(|| format!("could not open {address}"))
    }

    /// A screenshot of the window, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        self.client.screenshot().await.context("could not take a screenshot")
    }

    /// Sets the size of the emulated screen.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await.map(|_| ())
    }

    /// Emulates the preference for a `light` or `dark` color scheme.
    pub async fn prefer_color_scheme(&self, scheme: &str) -> Result<()> {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", features).await.map(|_| ())
    }

    /// Advances the page's clock, which must be [`Clock::Adjustable`].
    pub async fn advance_clock(&self, time: Duration) -> Result<()> {
        const SCRIPT: &str = "
            const [milliseconds, done] = arguments;
            if (!window.__putClockForward) return done(false);
            window.__putClockForward(milliseconds).then(() => done(true));";
        let milliseconds = u64::try_from(time.as_millis())?;
        let put = match self.client.execute_async(SCRIPT, vec![json!(milliseconds)]).await {
            // What was due has made the browser leave the page, and its clock with it.
            Err(error) if is_gone(&error) || has_no_end(&error) => return Ok(()),
            put => put?,
        };
        ensure!(put == Value::Bool(true), "the page's clock is not adjustable");
        Ok(())
    }

    /// The console lines since the last call.
    pub async fn console(&self) -> Result<Vec<ConsoleLine>> {
        let lines = self.extension("se/log", json!({ "type": "browser" })).await?;
        serde_json::from_value(lines).context("the browser's console")
    }

    /// The accessible name of an element, as computed by the browser.
    pub(crate) async fn computed_label(
        &self,
        element: &fantoccini::elements::Element,
    ) -> Result<String, fantoccini::error::CmdError> {
        let path = format!("element/{}/computedlabel", element.element_id());
        let label = self.client.issue_cmd(Extension { method: Method::GET, path, body: None }).await?;
        Ok(label.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page, and awaits a promise that it returns.
    pub async fn run_script(&self, script: &str) -> Result<Value> {
        self.client.execute(script, Vec::new()).await.context("the script failed")
    }

    /// A command of the Chrome `DevTools` protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.extension("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Posts a command that fantoccini has no method for.
    pub(crate) async fn extension(&self, path: &str, body: Value) -> Result<Value> {
        let command = Extension { method: Method::POST, path: path.to_owned(), body: Some(body) };
        Ok(self.client.issue_cmd(command).await?)
    }

    /// Reads or deletes the result of such a command.
    pub(crate) async fn extension_without_body(&self, method: Method, path: &str) -> Result<Value> {
        Ok(self.client.issue_cmd(Extension { method, path: path.to_owned(), body: None }).await?)
    }

    /// Closes the window; otherwise the browser would outlive its driver.
    pub async fn close(self) -> Result<()> {
        self.client.close().await.context("could not close the browser")?;
        // On /shutdown the driver waits for the browser's processes and cleans up; when killed it does not.
        let asked = reqwest::get(format!("{}/shutdown", self.address)).await;
        if asked.is_err() {
            return self.driver.kill().await;
        }
        self.driver.ended().await
    }
}

/// Takes WebAssembly from Chromium, and the compiler of JavaScript with it. `--noexpose-wasm` takes nothing.
pub(crate) const WITHOUT_WASM: &str = "--js-flags=--jitless";

fn capabilities(strategy: &str, setup: Setup<'_>) -> Result<Map<String, Value>> {
    let Setup { sites, wasm, languages, .. } = setup;
    let flags = environment::text("OKTA_E2E_CHROMIUM_FLAGS")?;
    let without = (wasm == Wasm::Missing).then_some(WITHOUT_WASM);
    let flags: Vec<&str> = flags.split_whitespace().chain(["--lang=en-US"]).chain(without).collect();
    let blocks = sites != Sites::TwoWithCookies;
    let cookies =
        json!({ "profile.cookie_controls_mode": i32::from(blocks), "profile.block_third_party_cookies": blocks });
    let mut prefs = if sites == Sites::One { json!({}) } else { cookies };
    if let (false, Some(prefs)) = (languages.is_empty(), prefs.as_object_mut()) {
        prefs.insert("intl.accept_languages".to_owned(), json!(languages));
    }
    let capabilities = json!({
        "browserName": "chrome",
        "pageLoadStrategy": strategy,
        "goog:chromeOptions": { "binary": environment::path("OKTA_E2E_CHROMIUM")?, "args": flags, "prefs": prefs },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 20_000, "pageLoad": 30_000 },
    });
    match capabilities {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

/// A command that fantoccini has no method for, by its path below the session.
#[derive(Debug)]
struct Extension {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: &str, source: &str, message: &str) -> ConsoleLine {
        ConsoleLine { level: level.to_owned(), source: source.to_owned(), message: message.to_owned() }
    }

    #[test]
    fn failures_are_distinguished_from_failed_requests() {
        for fault in [
            line("SEVERE", "security", "violates the following Content Security Policy directive"),
            line("WARNING", "other", "This document requires 'TrustedHTML' assignment."),
            line("SEVERE", "javascript", "Uncaught TypeError"),
            line("SEVERE", "console-api", "panicked at"),
        ] {
            assert!(fault.is_failure(), "{fault:?}");
        }
        for no_fault in [
            line("SEVERE", "network", "Failed to load resource: net::ERR_CONNECTION_REFUSED"),
            line("SEVERE", "javascript", "Access to fetch has been blocked by CORS policy"),
            line("WARNING", "console-api", "careful"),
            line("INFO", "console-api", "hello"),
        ] {
            assert!(!no_fault.is_failure(), "{no_fault:?}");
        }
    }
}
