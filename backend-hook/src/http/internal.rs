//! Internal endpoints on a separate address that browsers cannot reach: liveness, readiness, metrics.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};

use crate::hook::Shared;

/// The internal routes.
pub fn router(hook: &Shared) -> Router {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(hook.clone())
}

async fn ready(State(hook): State<Shared>) -> impl IntoResponse {
    use crate::org::OrgError;
    if hook.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match hook.org_is_healthy().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(OrgError::Refused(refusal)) if matches!(refusal.status, 401 | 403) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the org refuses the API token\n")
        }
        Err(OrgError::Unreachable | OrgError::TimedOut) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the org does not answer\n")
        }
        // A rate limited org is up.
        Err(OrgError::Refused(refusal)) if refusal.status == 429 => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the org fails\n"),
    }
}

async fn metrics(State(hook): State<Shared>) -> impl IntoResponse {
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], hook.metrics.text())
}
