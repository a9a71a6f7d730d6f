//! Prometheus metrics: requests to operations and requests to the org, with durations. No label contains a value
//! that a caller chose.

use std::{sync::atomic::AtomicU64, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use crate::org::OrgError;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    method: &'static str,
    path: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OrgCall {
    call: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OrgName {
    call: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Path {
    path: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CountedBy {
    counter: &'static str,
}

/// All metrics.
pub struct Metrics {
    registry: Registry,
    requests: Family<Operation, Counter<u64, AtomicU64>>,
    seconds: Family<Path, Histogram>,
    org_requests: Family<OrgCall, Counter<u64, AtomicU64>>,
    org_seconds: Family<OrgName, Histogram>,
    connections_refused: Counter<u64, AtomicU64>,
    counted: Family<CountedBy, Counter<u64, AtomicU64>>,
    store_up: Gauge,
    store_lost: Counter<u64, AtomicU64>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Metrics(..)")
    }
}

/// Buckets from 1 ms to 16 s.
fn histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 15))
}

impl Metrics {
    /// With those of a store of rate limits, if there is one: without, 0 would look like a failure.
    pub fn new(has_store: bool) -> Self {
        let mut registry = Registry::with_prefix("okta_hook");
        let requests = Family::default();
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        let org_requests = Family::default();
        let org_seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register("requests", "Requests by operation and status", requests.clone());
        registry.register("request_seconds", "How long they took", seconds.clone());
        registry.register("org_requests", "Requests to the org by call and outcome", org_requests.clone());
        registry.register("org_request_seconds", "How long the org took", org_seconds.clone());
        let connections_refused = Counter::default();
        let help = "Connections closed at once, because their address had its share";
        registry.register("connections_refused", help, connections_refused.clone());
        let (counted, store_up, store_lost) = (Family::default(), Gauge::default(), Counter::default());
        if has_store {
            let help = "Requests counted for a rate limit: in the store, or by this server alone";
            registry.register("rate_limit_counts", help, counted.clone());
            registry.register("rate_limit_store_up", "Whether the store of the rate limits is used", store_up.clone());
            let help = "How often it could not be used any more, or at start";
            registry.register("rate_limit_store_lost", help, store_lost.clone());
        }
        Self {
            registry,
            requests,
            seconds,
            org_requests,
            org_seconds,
            connections_refused,
            counted,
            store_up,
            store_lost,
        }
    }

    /// Counts a response to a browser.
    pub fn response(&self, method: &'static str, path: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Operation { method, path, status }).inc();
        self.seconds.get_or_create(&Path { path }).observe(took.as_secs_f64());
    }

    /// Counts a request to the org.
    pub fn org_request<T>(&self, call: &'static str, outcome: &Result<T, OrgError>, took: Duration) {
        let outcome = match outcome {
            Ok(_) => "ok",
            Err(OrgError::Refused(refusal)) if refusal.status == 429 => "rate_limited",
            Err(OrgError::Refused(refusal)) if refusal.status < 500 => "refused",
            Err(OrgError::Refused(_) | OrgError::Unparsable(_)) => "failed",
            Err(OrgError::Unreachable) => "unreachable",
            Err(OrgError::TimedOut) => "timed_out",
        };
        self.org_requests.get_or_create(&OrgCall { call, outcome }).inc();
        self.org_seconds.get_or_create(&OrgName { call }).observe(took.as_secs_f64());
    }

    /// Counts a connection that was closed at once.
    pub fn connection_refused(&self) {
        self.connections_refused.inc();
    }

    /// Counts a request that was counted for a rate limit, in the shared store or here.
    pub fn counted(&self, shared: bool) {
        let counter = if shared { "shared" } else { "local" };
        self.counted.get_or_create(&CountedBy { counter }).inc();
    }

    /// Whether the store of the rate limits is used.
    pub fn store_is_up(&self, up: bool) {
        self.store_up.set(i64::from(up));
    }

    /// Counts that the store was lost.
    pub fn store_lost(&self) {
        self.store_lost.inc();
    }

    /// All metrics in Prometheus's text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
