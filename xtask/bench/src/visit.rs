//! One visit of a page in a fresh browser, with the probe in it. Never here: which figures come of it.

use std::time::Duration;

use anyhow::{Context as _, bail};
use okta_e2e::{Browser, Clock};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{contender::Form, profile::Profile, site::Site};

/// The longest that anything may take.
const DEADLINE: Duration = Duration::from_mins(1);

/// A page that is being looked at.
pub(crate) struct Visit {
    browser: Browser,
    origin: String,
}

impl Visit {
    /// Starts a browser and opens the page. With a `person`, the form is submitted as soon as it can be.
    pub(crate) async fn open(site: &Site, profile: Profile, person: Option<[&str; 2]>) -> anyhow::Result<Self> {
        let browser = Browser::start(Clock::Real).await?;
        let visit = Self { browser, origin: site.origin.clone() };
        let Form { username, password, button, request } = site.contender.form;
        let wanted = json!({
            "username": username, "password": password, "button": button, "request": request, "person": person,
        });
        let probe = include_str!("../pages/probe.js").replace("PROBE", &wanted.to_string());
        visit.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": probe })).await?;
        visit.devtools("Performance.enable", json!({})).await?;
        profile.apply(&visit.browser).await?;
        visit.browser.open(&visit.origin).await?;
        Ok(visit)
    }

    /// Opens the page once more, with what the browser kept of it.
    pub(crate) async fn again(&self) -> anyhow::Result<()> {
        self.browser.open("about:blank").await?;
        self.browser.open(&self.origin).await
    }

    /// What a script's expression is.
    pub(crate) async fn ask(&self, expression: &str) -> anyhow::Result<Value> {
        self.browser.run_script(&format!("return {expression};")).await
    }

    /// What it is as a number, as soon as it is something.
    pub(crate) async fn number_when_there(&self, expression: &str) -> anyhow::Result<f64> {
        self.until(expression).await?.as_f64().with_context(|| format!("`{expression}` is no number"))
    }

    /// What it is, as a number.
    pub(crate) async fn number(&self, expression: &str) -> anyhow::Result<f64> {
        self.ask(expression).await?.as_f64().with_context(|| format!("`{expression}` is no number"))
    }

    /// Does something in the page.
    pub(crate) async fn act(&self, statement: &str) -> anyhow::Result<()> {
        self.browser.run_script(statement).await.map(|_| ())
    }

    /// Runs an asynchronous script to its end.
    pub(crate) async fn run_to_end(&self, script: &str) -> anyhow::Result<Value> {
        let wrapped = format!("return (async () => {{ {script} }})();");
        self.browser.run_script(&wrapped).await
    }

    /// Waits until the expression has a value that counts as true, and returns it.
    pub(crate) async fn until(&self, expression: &str) -> anyhow::Result<Value> {
        let start = Instant::now();
        loop {
            let value = self.ask(expression).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(value);
            }
            if start.elapsed() > DEADLINE {
                let seen = self.ask("document.body.innerText").await?;
                bail!("waited in vain for `{expression}`; the page says {seen}");
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// A figure of the browser about the page, by its name in `Performance.getMetrics`.
    pub(crate) async fn metric(&self, name: &str) -> anyhow::Result<f64> {
        let answer = self.devtools("Performance.getMetrics", json!({})).await?;
        let metrics = answer.get("metrics").and_then(Value::as_array).cloned().unwrap_or_default();
        let found = metrics.iter().find(|metric| metric.get("name").and_then(Value::as_str) == Some(name));
        found.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no figure is called {name}"))
    }

    /// Bytes in use: JavaScript's heap after a collection, and the memories of WebAssembly.
    pub(crate) async fn memory(&self) -> anyhow::Result<f64> {
        self.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        Ok(self.metric("JSHeapUsedSize").await? + self.number("__seen.wasmBytes()").await?)
    }

    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        self.browser.devtools(command, parameters).await
    }

    /// Closes the browser.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        self.browser.close().await
    }
}
