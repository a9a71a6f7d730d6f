//! The response headers of the page server, the content security policy above all. They are what
//! an embedder is advised to send, and the journeys fail on any violation of them. What is served
//! under them is `serve.rs`.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::serve::OrgUrl;

/// The policy under which the widget has to work; `ORG` stands for the org's origin.
const CONTENT_SECURITY_POLICY: &[&str] = &[
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: ORG",
    "connect-src 'self' ORG",
    "form-action 'self' ORG",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
];

/// The policy's header value for one org.
fn content_security_policy(org: &OrgUrl) -> String {
    CONTENT_SECURITY_POLICY.join("; ").replace("ORG", org.as_str())
}

/// The headers that every response carries.
pub(crate) fn all(org: &OrgUrl) -> anyhow::Result<HeaderMap> {
    let policy = content_security_policy(org);
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, &policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    headers.into_iter().map(|(name, value)| Ok((name, HeaderValue::from_str(value)?))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_org_is_allowed_where_it_is_needed_and_nowhere_else() {
        let org: OrgUrl = "https://example.okta.com".parse().unwrap();
        let policy = content_security_policy(&org);
        let directives: Vec<&str> = policy.split("; ").collect();
        assert!(directives.contains(&"connect-src 'self' https://example.okta.com"));
        assert!(directives.contains(&"form-action 'self' https://example.okta.com"));
        assert!(directives.contains(&"img-src 'self' data: https://example.okta.com"));
        assert!(directives.contains(&"script-src 'self' 'wasm-unsafe-eval'"));
        assert_eq!(policy.matches("example.okta.com").count(), 3);
        assert!(!policy.contains("ORG"));
    }
}
