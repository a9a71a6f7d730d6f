//! The one place that waits: asking again and again, until a deadline, whether something has come
//! true. Nothing else in the journeys sleeps.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep};

/// How long anything may take to be seen.
const DEADLINE: Duration = Duration::from_secs(15);
const INTERVAL: Duration = Duration::from_millis(40);

/// Asks until there is an answer. `what` completes the sentence "waited in vain for".
///
/// An error of the question is final: what may come right later has to be answered with `None`.
pub async fn wait_until<T>(what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if start.elapsed() > DEADLINE {
            bail!("waited in vain for {what}");
        }
        sleep(INTERVAL).await;
    }
}
