//! One visit of a page in a new browser, with the probe script. Not here: the choice of figures.

use std::time::Duration;

use anyhow::{Context as _, bail};
use okta_e2e::{Browser, Clock};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{contender::Form, profile::Profile, site::Site};

/// Maximum time to wait.
const DEADLINE: Duration = Duration::from_mins(1);

/// An open page.
pub(crate) struct Visit {
    browser: Browser,
    origin: String,
}

impl Visit {
    /// Starts a browser and opens the page. With a `user`, the form is submitted as soon as possible.
    pub(crate) async fn open(site: &Site, profile: Profile, user: Option<[&str; 2]>) -> anyhow::Result<Self> {
        let browser = Browser::start(Clock::Real).await?;
        let visit = Self { browser, origin: site.origin.clone() };
        let Form { username, password, button, label, request } = site.contender.form;
        let wanted = json!({
            "username": username, "password": password, "button": button, "label": label, "request": request,
            "user": user,
        });
        let probe = include_str!("../pages/probe.js").replace("PROBE", &wanted.to_string());
        visit.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": probe })).await?;
        visit.devtools("Performance.enable", json!({})).await?;
        profile.apply(&visit.browser).await?;
        visit.browser.open(&visit.origin).await?;
        Ok(visit)
    }

    /// Opens the page again, with the browser's cache.
    pub(crate) async fn reopen(&self) -> anyhow::Result<()> {
        self.browser.open("about:blank").await?;
        self.browser.open(&self.origin).await
    }

    /// Evaluates an expression.
    pub(crate) async fn evaluate(&self, expression: &str) -> anyhow::Result<Value> {
        self.browser.run_script(&format!("return {expression};")).await
    }

    /// Waits for the value of an expression, as a number.
    pub(crate) async fn wait_for_number(&self, expression: &str) -> anyhow::Result<f64> {
        self.until(expression).await?.as_f64().with_context(|| format!("`{expression}` is not a number"))
    }

    /// Evaluates an expression, as a number.
    pub(crate) async fn number(&self, expression: &str) -> anyhow::Result<f64> {
        self.evaluate(expression).await?.as_f64().with_context(|| format!("`{expression}` is not a number"))
    }

    /// Runs a statement in the page.
    pub(crate) async fn run_statement(&self, statement: &str) -> anyhow::Result<()> {
        self.browser.run_script(statement).await.map(|_| ())
    }

    /// Runs an asynchronous script and awaits it.
    pub(crate) async fn run_to_end(&self, script: &str) -> anyhow::Result<Value> {
        let wrapped = format!("return (async () => {{ {script} }})();");
        self.browser.run_script(&wrapped).await
    }

    /// Waits until the expression is truthy, and returns its value.
    pub(crate) async fn until(&self, expression: &str) -> anyhow::Result<Value> {
        let start = Instant::now();
        loop {
            let value = self.evaluate(expression).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(value);
            }
            if start.elapsed() > DEADLINE {
                let seen = self.evaluate("document.body.innerText").await?;
                bail!("timed out waiting for `{expression}`; the page says {seen}");
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// A metric of the page, by its name in `Performance.getMetrics`.
    pub(crate) async fn metric(&self, name: &str) -> anyhow::Result<f64> {
        let answer = self.devtools("Performance.getMetrics", json!({})).await?;
        let metrics = answer.get("metrics").and_then(Value::as_array).cloned().unwrap_or_default();
        let found = metrics.iter().find(|metric| metric.get("name").and_then(Value::as_str) == Some(name));
        found.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("there is no metric {name}"))
    }

    /// Bytes in use: JavaScript's heap after a collection, plus WebAssembly memories.
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
