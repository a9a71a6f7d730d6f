//! How each fault is made, and how it ends. Not here: what is checked meanwhile (`cell.rs`).

use std::time::Duration;

use anyhow::Result;
use okta_e2e::Journey;
use serde_json::{Value, json};

use crate::{
    fault::Fault::{self, *},
    phase::Phase,
};

/// Until mended.
const ALWAYS: u32 = 99;
/// The clock of the device shows another time from now on.
const SKEW: &str = "
    const Real = window.Date;
    const skew = SKEW_MS;
    window.Date = class extends Real {
        constructor(...given) {
            if (given.length === 0) super(Real.now() + skew);
            else super(...given);
        }
        static now() {
            return Real.now() + skew;
        }
    };";
/// What a browser says of the network.
const ONLINE: &str = "
    Object.defineProperty(navigator, 'onLine', { value: STATE, configurable: true });
    dispatchEvent(new Event(STATE ? 'online' : 'offline'));";
const TWO_HOURS: u64 = 2 * 60 * 60;

impl Fault {
    /// The faults that the org is asked for: what happens, and the method where it is another one.
    fn planned(self) -> Vec<Value> {
        let remove = |name: &str| json!({ "kind": "header", "name": name });
        match self {
            Reset | Offline => vec![json!({ "kind": "reset" })],
            Lost => vec![json!({ "kind": "lose" })],
            ResetMidway => vec![json!({ "kind": "reset-midway" })],
            Hang => vec![json!({ "kind": "hang" })],
            Drip => vec![json!({ "kind": "drip", "seconds": 1.5 })],
            LongDrip => vec![json!({ "kind": "drip", "seconds": 60 })],
            Slow | Late | Hidden | Frozen => vec![json!({ "kind": "hold" })],
            Twice => vec![json!({ "kind": "twice" })],
            CorsRefused => vec![remove("access-control-allow-origin")],
            RateLimit => vec![json!({ "kind": "rate-limit" })],
            RateLimitUnreadable => vec![json!({ "kind": "rate-limit" }), remove("access-control-expose-headers")],
            ServerError => vec![json!({ "kind": "status", "status": 500 })],
            Unavailable => vec![
                json!({ "kind": "status", "status": 503 }),
                json!({ "kind": "header", "name": "retry-after", "value": "120" }),
            ],
            Portal => vec![json!({
                "kind": "answer",
                "contentType": "text/html",
                "body": "<!doctype html><title>Wi-Fi</title><h1>Welcome to the hotel</h1>",
            })],
            Empty => vec![json!({ "kind": "answer" })],
            Truncated => vec![json!({ "kind": "truncate" })],
            Deep => vec![json!({ "kind": "deep", "levels": 100_000 })],
            Large => vec![json!({ "kind": "large", "bytes": 20_000_000 })],
            WrongType => vec![json!({ "kind": "header", "name": "content-type", "value": "text/plain" })],
            UnknownStatus => vec![json!({ "kind": "replace", "pointer": "/status", "value": "BRAND_NEW" })],
            NoEmbedded => vec![json!({ "kind": "remove", "pointer": "/_embedded" })],
            Refused | DeviceAhead | DeviceBehind | NoCookies | BackForward => Vec::new(),
        }
    }

    /// Whether the request is held until the fault is mended.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Slow | Late | Hidden | Frozen)
    }

    /// What is wrong from the beginning: the start page is open.
    pub(crate) async fn prepare(self, journey: &Journey) -> Result<()> {
        match self {
            DeviceBehind => journey.org.advance_clock(Duration::from_secs(TWO_HOURS)).await,
            DeviceAhead => {
                let script = SKEW.replace("SKEW_MS", &(TWO_HOURS * 1000).to_string());
                journey.page.browser.run_script(&script).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// What goes wrong from now on.
    pub(crate) async fn begin(self, journey: &mut Journey, phase: Phase) -> Result<()> {
        let (method, path) = phase.request();
        // What fails once while the page polls is asked again. A request is held once.
        // And a browser asks again by itself where a connection breaks that it has used before.
        let lasts = (phase.polls() && !self.holds()) || matches!(self, Reset | Lost | Offline);
        let times = if lasts { ALWAYS } else { 1 };
        for fault in self.planned() {
            let planned = json!({ "method": method.as_str(), "path": path, "times": times, "fault": fault });
            journey.org.plan(&planned).await?;
        }
        match self {
            Refused => journey.org.stop().await,
            Offline => journey.page.browser.run_script(&ONLINE.replace("STATE", "false")).await.map(|_| ()),
            _ => Ok(()),
        }
    }

    /// The end of it.
    pub(crate) async fn mend(self, journey: &mut Journey) -> Result<()> {
        match self {
            Refused => journey.org.restart().await,
            Offline => {
                journey.org.clear_faults().await?;
                journey.page.browser.run_script(&ONLINE.replace("STATE", "true")).await.map(|_| ())
            }
            _ => journey.org.clear_faults().await,
        }
    }
}
