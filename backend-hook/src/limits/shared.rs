//! The counter that several servers share: asks the store within a hard time limit, and leaves the counting to this
//! server while the store is gone. One warning tells when that begins, one line when it ends. Not here: when the store
//! is tried again (`circuit.rs`), and how it counts (`store.rs`).

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::time::{Instant, sleep, timeout};

use super::{
    circuit::{Circuit, Period},
    name::Names,
    store::{Failure, Store},
};
use crate::metrics::Metrics;

/// Maximum time to connect to the store. No request waits for it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// A rate that is never exceeded: what is counted to see whether the store can count.
const CHECK: NonZeroU32 = NonZeroU32::MAX;

/// The counter.
#[derive(Debug)]
pub struct Shared {
    store: Box<dyn Store>,
    names: Names,
    /// Maximum time to wait for the store in a request.
    timeout: Duration,
    circuit: Mutex<Circuit>,
    metrics: Arc<Metrics>,
}

impl Shared {
    /// A counter in this store; local until it has connected.
    pub fn new(store: Box<dyn Store>, names: Names, timeout: Duration, metrics: Arc<Metrics>) -> Arc<Self> {
        let circuit = Mutex::new(Circuit::new(Instant::now()));
        metrics.store_is_up(false);
        Arc::new(Self { store, names, timeout, circuit, metrics })
    }

    /// Connects. Where that fails, it is tried again in the background.
    pub(super) async fn connect(self: &Arc<Self>) {
        match self.try_store().await {
            Ok(()) => {
                self.circuit().restored(Instant::now());
                self.metrics.store_is_up(true);
                tracing::info!(store = %self.store.place(), "rate limits are shared");
            }
            Err(why) => self.lost(&why),
        }
    }

    /// Counts one request in the store: whether it is allowed, or how long to wait. `None` if this server has to count.
    pub(super) async fn count(
        self: &Arc<Self>,
        limit: &'static str,
        times: NonZeroU32,
        value: &str,
    ) -> Option<Result<(), Duration>> {
        let period = self.circuit().shared();
        let answer = match period {
            Some(period) => self.ask(period, &self.names.of(limit, value), times).await,
            None => None,
        };
        self.metrics.counted(answer.is_some());
        answer
    }

    async fn ask(
        self: &Arc<Self>,
        period: Period,
        names: &[String],
        times: NonZeroU32,
    ) -> Option<Result<(), Duration>> {
        let all = async {
            for name in names {
                if let Some(wait) = self.store.count(name, times).await? {
                    return Ok(Err(wait));
                }
            }
            Ok(Ok(()))
        };
        match within(self.timeout, all).await {
            Ok(answer) => Some(answer),
            Err(why) => {
                if self.circuit().failed(period, Instant::now()) {
                    self.lost(&why);
                }
                None
            }
        }
    }

    /// Whether the store can be reached, and counts in time.
    async fn try_store(&self) -> Result<(), Failure> {
        let name = self.names.of_check();
        within(CONNECT_TIMEOUT, async {
            self.store.connect().await?;
            // The first one of a connection takes longer: the store has to learn the script.
            self.store.count(&name, CHECK).await
        })
        .await?;
        within(self.timeout, self.store.count(&name, CHECK)).await.map(drop)
    }

    fn lost(self: &Arc<Self>, why: &Failure) {
        self.metrics.store_is_up(false);
        self.metrics.store_lost();
        tracing::warn!(
            store = %self.store.place(),
            why = %why,
            "the store of rate limits can't be used: this server counts alone until it can"
        );
        tokio::spawn(restore(Arc::downgrade(self)));
    }

    fn circuit(&self) -> MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tries the store until it can be used, or the server has ended.
async fn restore(shared: Weak<Shared>) {
    loop {
        let Some(wait) = shared.upgrade().map(|shared| shared.circuit().next_wait()) else { return };
        sleep(wait).await;
        let Some(shared) = shared.upgrade() else { return };
        match shared.try_store().await {
            Ok(()) => {
                let gone = shared.circuit().restored(Instant::now());
                shared.metrics.store_is_up(true);
                tracing::info!(store = %shared.store.place(), seconds = gone.as_secs(), "rate limits are shared again");
                return;
            }
            Err(why) => tracing::debug!(store = %shared.store.place(), why = %why, "the store still can't be used"),
        }
    }
}

async fn within<T>(limit: Duration, doing: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(limit, doing).await.unwrap_or(Err(Failure::Late(limit)))
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
