//! Rate limits: per address, and per user for proofs. Each server counts in memory; with a store (`limits/store.rs`) all
//! servers count together, and memory takes over while the store is gone (`limits/shared.rs`). Not here: which address
//! counts (`limits/address.rs`).

mod address;
mod circuit;
mod name;
mod shared;
pub mod store;

use std::{fmt, hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

pub use address::{address, network};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
pub use name::Names;
pub use shared::Shared;

use crate::problem::{Code, Problem};

/// A number of requests per minute. The whole number may come in one burst.
pub struct Limit<K: Hash + Eq + Clone> {
    name: &'static str,
    times: NonZeroU32,
    local: DefaultKeyedRateLimiter<K>,
    shared: Option<Arc<Shared>>,
}

impl<K: Hash + Eq + Clone> fmt::Debug for Limit<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Limit({}, {} keys)", self.name, self.local.len())
    }
}

impl<K: Hash + Eq + Clone + fmt::Display> Limit<K> {
    /// A limit of this many per minute. With a shared counter, all servers count under its name.
    pub fn per_minute(name: &'static str, times: NonZeroU32, shared: Option<Arc<Shared>>) -> Self {
        Self { name, times, local: RateLimiter::keyed(Quota::per_minute(times)), shared }
    }

    /// Counts one request; the error says how long to wait.
    pub async fn count(&self, key: &K) -> Result<(), Problem> {
        let shared = match &self.shared {
            Some(shared) => shared.count(self.name, self.times, &key.to_string()).await,
            None => None,
        };
        match shared {
            // Counted here as well: whoever has used the limit up has no second one when the store goes.
            Some(Ok(())) => self.count_here(key).or(Ok(())),
            Some(Err(wait)) => Err(refused(wait)),
            None => self.count_here(key),
        }
    }

    fn count_here(&self, key: &K) -> Result<(), Problem> {
        self.local.check_key(key).map_err(|until| refused(until.wait_time_from(self.local.clock().now())))
    }

    /// Removes keys without recent requests.
    pub fn remove_idle(&self) {
        self.local.retain_recent();
        self.local.shrink_to_fit();
    }
}

fn refused(wait: Duration) -> Problem {
    Problem::wait(Code::RateLimited, wait.as_secs() + 1)
}

/// How many there may be of each, per minute.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// All requests, by address.
    pub calls: NonZeroU32,
    /// Registrations, by address.
    pub registrations: NonZeroU32,
    /// Session tokens, by address.
    pub sessions: NonZeroU32,
    /// Proofs, by user id.
    pub proofs: NonZeroU32,
}

/// All limits.
#[derive(Debug)]
pub struct Limits {
    /// All requests, by address.
    pub calls: Limit<IpAddr>,
    /// Registrations, by address.
    pub registrations: Limit<IpAddr>,
    /// Session tokens, by address.
    pub sessions: Limit<IpAddr>,
    /// Proofs, by user id: guessing must not be faster from many addresses.
    pub proofs: Limit<String>,
    shared: Option<Arc<Shared>>,
}

impl Limits {
    /// How often keys without recent requests are removed.
    pub const CLEANUP_INTERVAL: Duration = Duration::from_mins(1);

    /// The limits with these rates, shared with other servers if there is a counter for that.
    pub fn new(rates: Rates, shared: Option<Arc<Shared>>) -> Self {
        Self {
            calls: Limit::per_minute("calls", rates.calls, shared.clone()),
            registrations: Limit::per_minute("registrations", rates.registrations, shared.clone()),
            sessions: Limit::per_minute("sessions", rates.sessions, shared.clone()),
            proofs: Limit::per_minute("proofs", rates.proofs, shared.clone()),
            shared,
        }
    }

    /// Connects to the store, if there is one. Where that fails, this server counts alone until it succeeds.
    pub async fn connect(&self) {
        if let Some(shared) = &self.shared {
            shared.connect().await;
        }
    }

    /// Removes keys without recent requests.
    pub fn remove_idle(&self) {
        self.calls.remove_idle();
        self.registrations.remove_idle();
        self.sessions.remove_idle();
        self.proofs.remove_idle();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_burst_of_one_minute_is_allowed() {
        let limit = Limit::per_minute("calls", NonZeroU32::new(3).unwrap(), None);
        let key = "one".to_owned();
        for _ in 0..3 {
            limit.count(&key).await.unwrap();
        }
        let refused = limit.count(&key).await.unwrap_err();
        assert!((1..=21).contains(&refused.retry_after.unwrap()), "{refused:?}");
        limit.count(&"other".to_owned()).await.unwrap();
    }
}
