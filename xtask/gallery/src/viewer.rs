//! Browsers that go through the entries side by side. Never here: what is looked for.

use crate::entry::Entry;
use crate::page;
use anyhow::{Context as _, Result, ensure};
use okta_e2e::{Browser, Clock, Site};
use serde_json::{Value, json};
use std::path::Path;

/// The colour schemes that everything is looked at in.
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];
/// The widths: a small telephone and a desk.
pub(crate) const WIDTHS: [u32; 2] = [320, 1280];
/// The height of a window.
const HEIGHT: u32 = 900;

/// Reads a page as a document, which a strict policy allows, and takes its body.
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

/// The gallery, served under the page server's strict headers. The org it names is never asked.
pub(crate) async fn serve(folder: &Path) -> Result<Site> {
    Site::serve(folder, "https://acme.okta.example").await
}

/// One browser.
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

    /// Has this script run on every page that is opened from now on.
    pub(crate) async fn bring(&self, source: &str) -> Result<()> {
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(|_| ())
    }

    /// Opens an entry's own page.
    pub(crate) async fn open(&self, entry: &Entry, query: &str) -> Result<()> {
        self.browser.open(&format!("{}/{}?{query}", self.origin, page::address(entry))).await
    }

    /// Puts the body of an entry's own page in place of the body there is.
    pub(crate) async fn show(&self, entry: &Entry) -> Result<()> {
        let shown = self.evaluate(&format!("({SHOW})('/{}')", page::address(entry))).await?;
        ensure!(shown == Value::Bool(true), "{} is not there", entry.name);
        Ok(())
    }

    /// Sets the window and what the person prefers.
    pub(crate) async fn prefer(&self, width: u32, features: &[(&str, &str)]) -> Result<()> {
        self.browser.resize(width, HEIGHT).await?;
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(|_| ())
    }

    /// The value of an expression, once it is there.
    pub(crate) async fn evaluate(&self, expression: &str) -> Result<Value> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.browser.devtools("Runtime.evaluate", parameters).await?;
        answer.pointer("/result/value").cloned().with_context(|| format!("{expression} has no value: {answer}"))
    }

    /// The whole page as a PNG.
    pub(crate) async fn picture(&self, width: u32) -> Result<Vec<u8>> {
        self.browser.resize(width, HEIGHT).await?;
        let height = self.evaluate("document.documentElement.scrollHeight").await?;
        let height = height.as_u64().and_then(|height| u32::try_from(height).ok()).unwrap_or(HEIGHT);
        self.browser.resize(width, height).await?;
        self.browser.screenshot().await
    }
}

/// Every other entry, beginning with the first or the second: one half for each of two browsers.
pub(crate) fn half(entries: &[Entry], which: usize) -> impl Iterator<Item = &Entry> {
    entries.iter().skip(which).step_by(2)
}
