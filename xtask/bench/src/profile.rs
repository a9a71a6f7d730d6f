//! Profiles of simulated network and CPU speed.

use okta_e2e::Browser;
use serde::Serialize;
use serde_json::json;

/// A simulated machine and network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Profile {
    /// A slow phone: 1.6 Mbit/s, 150 ms, CPU slowed down 4 times.
    Slow,
    /// This machine over loopback.
    Fast,
    /// CPU slowed down 4 times, over loopback.
    SlowMachine,
}

impl Profile {
    /// Its name in the figures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Fast => "fast",
            Self::SlowMachine => "slow machine",
        }
    }

    /// Applies it to the browser.
    pub(crate) async fn apply(self, browser: &Browser) -> anyhow::Result<()> {
        browser.devtools("Network.enable", json!({})).await?;
        if self == Self::Slow {
            let bytes_per_second = 1_600_000 / 8;
            let network = json!({
                "offline": false,
                "latency": 150,
                "downloadThroughput": bytes_per_second,
                "uploadThroughput": bytes_per_second,
            });
            browser.devtools("Network.emulateNetworkConditions", network).await?;
        }
        if self != Self::Fast {
            browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        }
        Ok(())
    }
}
