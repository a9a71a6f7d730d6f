//! Polls a condition until a deadline. Nothing else in the journeys sleeps.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep};

/// Maximum time for a condition.
const DEADLINE: Duration = Duration::from_secs(15);
const INTERVAL: Duration = Duration::from_millis(40);

/// Polls until there is a result. `what` completes the sentence "timed out waiting for".
///
/// An error ends the wait; return `None` to try again.
pub async fn wait_until<T>(what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if start.elapsed() > DEADLINE {
            bail!("timed out waiting for {what}");
        }
        sleep(INTERVAL).await;
    }
}
