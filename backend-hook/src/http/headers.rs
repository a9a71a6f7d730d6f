//! Headers of every response.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Response headers for browsers: no caching, no framing, no sniffing.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-site"),
    (header::VARY, "Origin"),
];

/// Adds them, `Strict-Transport-Security` and the CORS headers.
pub(super) fn add(headers: &mut HeaderMap, hsts: &str, page: Option<&str>, request_id: &str) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set(headers, header::STRICT_TRANSPORT_SECURITY, hsts);
    set(headers, HeaderName::from_static("x-request-id"), request_id);
    if let Some(page) = page {
        set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
        set(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, X-Request-Id");
    }
}

/// Adds the headers of a preflight.
pub(super) fn add_preflight(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
