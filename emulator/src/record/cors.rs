//! CORS between the pages and the proxy: the origins of `--page-origin` are allowed whatever the org would say, because the
//! recording is about answers. `doctor` tells what the org says. Not here: the org's own CORS headers, which are left out.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// The headers that scripts may read, as in an org.
const READABLE: &str = "Date, Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset, \
                        Preference-Applied";

/// The pages that may call.
#[derive(Debug)]
pub(super) struct Pages(Vec<String>);

impl Pages {
    /// These origins.
    pub(super) fn new(origins: Vec<String>) -> Self {
        Self(origins)
    }

    /// The answer to a preflight; `None` for other requests.
    pub(super) fn preflight(&self, method: &Method, request: &HeaderMap) -> Option<Response> {
        let is_preflight = method == Method::OPTIONS && request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if !is_preflight {
            return None;
        }
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        if self.allow(request, headers) {
            for (asked, answered) in [
                (header::ACCESS_CONTROL_REQUEST_METHOD, header::ACCESS_CONTROL_ALLOW_METHODS),
                (header::ACCESS_CONTROL_REQUEST_HEADERS, header::ACCESS_CONTROL_ALLOW_HEADERS),
            ] {
                if let Some(value) = request.get(asked) {
                    headers.insert(answered, value.clone());
                }
            }
        }
        Some(response)
    }

    /// Lets the page that asked read the answer, if it is one of these. Returns whether it is.
    pub(super) fn allow(&self, request: &HeaderMap, response: &mut HeaderMap) -> bool {
        response.append(header::VARY, HeaderValue::from_static("Origin"));
        let origin = request.get(header::ORIGIN);
        let known = origin.filter(|origin| self.0.iter().any(|page| page.as_bytes() == origin.as_bytes()));
        let Some(origin) = known else { return false };
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        response.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READABLE));
        true
    }
}
