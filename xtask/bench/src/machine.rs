//! The environment of a measurement.

use std::{env::consts, fs, thread};

use anyhow::Context as _;
use okta_e2e::{Browser, Clock};
use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

/// Date, browser and processor.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    date: String,
    browser: String,
    processor: String,
    cores: usize,
}

impl Machine {
    /// The current environment.
    pub(crate) async fn here() -> anyhow::Result<Self> {
        let browser = Browser::start(Clock::Real).await?;
        let version = browser.devtools("Browser.getVersion", json!({})).await?;
        let named = version.get("product").and_then(Value::as_str).context("the browser does not say which it is")?;
        browser.close().await?;
        let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        Ok(Self {
            date: OffsetDateTime::now_utc().date().to_string(),
            browser: named.to_owned(),
            processor: model(&about).unwrap_or(consts::ARCH).to_owned(),
            cores: thread::available_parallelism()?.get(),
        })
    }

    /// One sentence for the report.
    pub(crate) fn summary(&self) -> String {
        let Self { date, browser, processor, cores } = self;
        let system = consts::OS;
        format!("Measured on {date}: {browser} on {system}, {cores} cores of {processor}.")
    }
}

/// The processor's name, where the system provides it.
fn model(about: &str) -> Option<&str> {
    let line = about.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, name)| name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_name_is_optional() {
        assert_eq!(model("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n"), Some("Some CPU @ 2 GHz"));
        assert_eq!(model("Processor: ARM\n"), None);
    }
}
