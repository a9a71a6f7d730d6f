//! Headers that every response carries.

use std::time::{Duration, UNIX_EPOCH};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::App;

/// Adds a request id, and the `Date` of the org's clock.
pub(crate) async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let (id, now) = {
        let mut org = app.org();
        (org.random.id("req"), org.clock.now())
    };
    // Seconds are truncated, as servers do.
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(now.seconds()));
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-okta-request-id", id);
    }
    response
}
