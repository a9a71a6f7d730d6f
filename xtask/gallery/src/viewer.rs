//! Browsers that open the entries, two in parallel. Not here: checks (`axe.rs`) and screenshots (`pictures.rs`).

use crate::entry::Entry;
use crate::page;
use anyhow::{Context as _, Result, ensure};
use okta_e2e::{Browser, Clock, Site};
use serde_json::{Value, json};
use std::path::Path;

/// The color schemes.
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];
/// The widths: a small phone, a phone and a desktop.
pub(crate) const WIDTHS: [u32; 3] = [320, 390, 1280];
/// The height of a window.
const HEIGHT: u32 = 900;

/// Loads a page as a document, which a strict policy allows, and uses its body.
const SHOW: &str = "(address) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.onloadend = () => {
        const body = request.status === 200 && request.response?.body;
        if (body) document.body.replaceWith(body);
        done(Boolean(body));
    };
    request.send();
})";

/// Serves the gallery with the page server's strict headers. No request is sent to the org that it names.
pub(crate) async fn serve(folder: &Path) -> Result<Site> {
    Site::serve(folder, "https://acme.okta.example").await
}

/// A browser.
pub(crate) struct Viewer {
    browser: Browser,
    origin: String,
}

impl Viewer {
    pub(crate) async fn start(site: &Site) -> Result<Self> {
        Ok(Self { browser: Browser::start(Clock::Real).await?, origin: site.origin().to_owned() })
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.browser.close().await
    }

    /// Adds a script that runs on every page that is opened from now on.
    pub(crate) async fn add_script(&self, source: &str) -> Result<()> {
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(|_| ())
    }

    /// Opens an entry's page.
    pub(crate) async fn open(&self, entry: &Entry, query: &str) -> Result<()> {
        self.browser.open(&format!("{}/{}?{query}", self.origin, page::address(entry))).await
    }

    /// Opens the overview of a gallery in this folder.
    pub(crate) async fn open_overview(&self, folder: &str) -> Result<()> {
        self.browser.open(&format!("{}/{folder}/index.html", self.origin)).await
    }

    /// Whether the pointer is a finger.
    pub(crate) async fn emulate_touch(&self, touches: bool) -> Result<()> {
        self.browser.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": touches })).await.map(|_| ())
    }

    /// Opens a page of the folder without a server.
    pub(crate) async fn open_file(&self, page: &Path) -> Result<()> {
        let page = page.canonicalize().with_context(|| format!("{} is not there", page.display()))?;
        self.browser.open(&format!("file://{}", page.display())).await
    }

    /// What the browser has reported in its console: errors and warnings, and files that it could not load.
    pub(crate) async fn reports(&self) -> Result<Vec<String>> {
        let lines = self.browser.console().await?.into_iter();
        let lines = lines.filter(|line| matches!(line.level.as_str(), "SEVERE" | "WARNING"));
        Ok(lines.map(|line| line.message).collect())
    }

    /// Replaces the body by that of an entry's page.
    pub(crate) async fn show(&self, entry: &Entry) -> Result<()> {
        let shown = self.evaluate(&format!("({SHOW})('/{}')", page::address(entry))).await?;
        ensure!(shown == Value::Bool(true), "{} is not there", entry.name);
        Ok(())
    }

    /// Sets the window's width and emulates user preferences.
    pub(crate) async fn emulate(&self, width: u32, features: &[(&str, &str)]) -> Result<()> {
        self.browser.resize(width, HEIGHT).await?;
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(|_| ())
    }

    /// The value of an expression; a promise is awaited.
    pub(crate) async fn evaluate(&self, expression: &str) -> Result<Value> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.browser.devtools("Runtime.evaluate", parameters).await?;
        answer.pointer("/result/value").cloned().with_context(|| format!("{expression} has no value: {answer}"))
    }

    /// The whole page as a PNG.
    pub(crate) async fn screenshot(&self, width: u32) -> Result<Vec<u8>> {
        self.browser.resize(width, HEIGHT).await?;
        let height = self.evaluate("document.documentElement.scrollHeight").await?;
        let height = height.as_u64().and_then(|height| u32::try_from(height).ok()).unwrap_or(HEIGHT);
        self.browser.resize(width, height).await?;
        self.browser.screenshot().await
    }
}

/// Every other entry, starting with the first or the second: one half for each of two browsers.
pub(crate) fn half(entries: &[Entry], which: usize) -> impl Iterator<Item = &Entry> {
    entries.iter().skip(which).step_by(2)
}
