//! What the browser counts in a page, after it has collected garbage. Not here: what follows from it.

use anyhow::Context as _;
use okta_e2e::Browser;
use serde_json::{Value, json};

/// What there is in a page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Census {
    /// Nodes of all documents, in the page or not.
    pub(crate) nodes: f64,
    /// Event listeners.
    pub(crate) listeners: f64,
    /// Documents, those of frames too.
    pub(crate) documents: f64,
    /// Timers that have not fired.
    pub(crate) timers: f64,
    /// JavaScript's heap, in bytes.
    pub(crate) heap: f64,
    /// Memory of WebAssembly, in pages of 64 KiB. It never shrinks.
    pub(crate) wasm_pages: f64,
}

impl Census {
    /// Counts now.
    pub(crate) async fn take(browser: &Browser) -> anyhow::Result<Self> {
        browser.run_script("return window.__watch.settled().then(() => null);").await?;
        // What one collection frees can free more.
        for _ in 0..3 {
            browser.run_script("return window.__watch.pause().then(() => null);").await?;
            browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let counters = browser.devtools("Memory.getDOMCounters", json!({})).await?;
        let heap = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
        let own = browser
            .run_script("return { timers: window.__watch.timers(), wasmPages: window.__watch.wasmPages() };")
            .await?;
        Ok(Self {
            nodes: number(&counters, "nodes")?,
            listeners: number(&counters, "jsEventListeners")?,
            documents: number(&counters, "documents")?,
            timers: number(&own, "timers")?,
            heap: number(&heap, "usedSize")?,
            wasm_pages: number(&own, "wasmPages")?,
        })
    }
}

fn number(answer: &Value, name: &str) -> anyhow::Result<f64> {
    answer.get(name).and_then(Value::as_f64).with_context(|| format!("the browser does not say {name}"))
}
