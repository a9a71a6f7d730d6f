//! Prometheus metrics: requests to operations and requests to the org, with durations. No label contains a value
//! that a caller chose.

use std::{sync::atomic::AtomicU64, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
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

/// All metrics.
pub struct Metrics {
    registry: Registry,
    requests: Family<Operation, Counter<u64, AtomicU64>>,
    seconds: Family<Path, Histogram>,
    org_requests: Family<OrgCall, Counter<u64, AtomicU64>>,
    org_seconds: Family<OrgName, Histogram>,
    connections_refused: Counter<u64, AtomicU64>,
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

impl Default for Metrics {
    fn default() -> Self {
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
        Self { registry, requests, seconds, org_requests, org_seconds, connections_refused }
    }
}

impl Metrics {
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

    /// All metrics in Prometheus's text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
