//! How slow the machine and the network pretend to be.

use okta_e2e::Browser;
use serde::Serialize;
use serde_json::json;

/// A machine on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Profile {
    /// A phone in a train: 1.6 Mbit/s, 150 ms, a quarter of this machine's speed.
    Slow,
    /// This machine, on loopback.
    Fast,
    /// A quarter of this machine's speed, on loopback.
    SlowMachine,
}

impl Profile {
    /// What figures of it are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Fast => "fast",
            Self::SlowMachine => "slow machine",
        }
    }

    /// Has the browser pretend.
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
