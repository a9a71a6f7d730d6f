//! Which headers are passed on, and how they are changed on the way. Not here: CORS (`cors.rs`).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{cookies, links::Links};

/// Headers of a request that an org reads. All others are left out.
const REQUEST: [&str; 16] = [
    "accept",
    "accept-language",
    "authorization",
    "cache-control",
    "content-type",
    "cookie",
    "dpop",
    "if-match",
    "if-none-match",
    "origin",
    "prefer",
    "user-agent",
    "x-device-fingerprint",
    "x-okta-user-agent-extended",
    "x-requested-with",
    "x-typing-pattern",
];

/// Headers of an answer that are about the connection or the org's own host, or that the proxy sets itself.
const NOT_OF_THE_ANSWER: [&str; 16] = [
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-security-policy-report-only",
    "expect-ct",
    "keep-alive",
    "nel",
    "public-key-pins-report-only",
    "report-to",
    "reporting-endpoints",
    "strict-transport-security",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The headers of a request, for the org.
pub(super) fn to_org(headers: &HeaderMap, links: &Links) -> HeaderMap {
    let mut passed = HeaderMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| REQUEST.contains(&name.as_str())) {
        let value = match *name {
            header::COOKIE => changed(value, cookies::to_org),
            header::ORIGIN => changed(value, |origin| links.to_org(origin)),
            _ => Some(value.clone()),
        };
        append(&mut passed, name, value);
    }
    passed
}

/// The headers of an answer, for the client.
pub(super) fn to_client(headers: &HeaderMap, links: &Links) -> HeaderMap {
    let mut passed = HeaderMap::new();
    for (name, value) in headers {
        let text = name.as_str();
        if NOT_OF_THE_ANSWER.contains(&text) || text.starts_with("access-control-") || is_vary_of_cors(name, value) {
            continue;
        }
        let value = match *name {
            header::SET_COOKIE => changed(value, cookies::to_client),
            header::LOCATION | header::LINK => changed(value, |address| links.to_proxy(address)),
            _ => Some(value.clone()),
        };
        append(&mut passed, name, value);
    }
    passed
}

/// `Vary: Origin` belongs to CORS, where the proxy sets it itself.
fn is_vary_of_cors(name: &HeaderName, value: &HeaderValue) -> bool {
    name == header::VARY && value.as_bytes().eq_ignore_ascii_case(b"origin")
}

/// The value after a change; `None` if it is not text, which no header here may be.
fn changed(value: &HeaderValue, change: impl Fn(&str) -> String) -> Option<HeaderValue> {
    HeaderValue::from_str(&change(value.to_str().ok()?)).ok()
}

fn append(headers: &mut HeaderMap, name: &HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        headers.append(name, value);
    } else {
        tracing::warn!(%name, "a header that is not text was left out");
    }
}
