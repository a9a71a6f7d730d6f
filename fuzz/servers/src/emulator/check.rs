//! What must hold of each response of the emulator.

use crate::secret::SECRET;
use axum::http::response::Parts;
use axum::http::{HeaderValue, Method, Uri, header};
use serde_json::Value;

/// Checks a response. After a fault was planned it may be anything, but it tells no secret.
pub(super) fn response(
    method: &Method,
    uri: &Uri,
    origin: Option<&HeaderValue>,
    head: &Parts,
    body: &[u8],
    has_faults: bool,
) {
    let told = || format!("{method} {uri}: {head:?} {}", String::from_utf8_lossy(body));
    let (path, status) = (uri.path(), head.status.as_u16());
    let headers = format!("{:?}", head.headers);
    let is_told = headers.contains(SECRET) || String::from_utf8_lossy(body).contains(SECRET);
    assert!(!is_told, "a secret is told: {}", told());
    if has_faults {
        return;
    }
    assert!(status < 500, "the emulator has failed: {}", told());
    let allowed = head.headers.get_all(header::ACCESS_CONTROL_ALLOW_ORIGIN).iter().collect::<Vec<_>>();
    assert!(allowed.is_empty() || allowed[..] == origin.as_slice().iter().collect::<Vec<_>>()[..], "{}", told());
    if status < 400 || *method == Method::HEAD {
        return;
    }
    let media_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = media_type.starts_with("application/json");
    assert!(is_json || !path.starts_with("/api/v1/") || path.ends_with("/duoCallback"), "no JSON: {}", told());
    if is_json {
        let error: Value = serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {}", told()));
        let is_right = is_oktas(&error) || (!path.starts_with("/api/") && is_of_oauth(&error));
        assert!(is_right, "not the format of errors: {}", told());
    }
}

/// Okta's format.
fn is_oktas(error: &Value) -> bool {
    let text = |name: &str| error[name].as_str().unwrap_or_default();
    let code = text("errorCode").strip_prefix('E').unwrap_or_default();
    let is_code = code.len() == 7 && code.bytes().all(|byte| byte.is_ascii_digit());
    let causes = error["errorCauses"].as_array();
    let are_causes = causes.is_some_and(|causes| causes.iter().all(|cause| cause["errorSummary"].is_string()));
    let has_id = text("errorId").starts_with("oae");
    is_code && are_causes && has_id && text("errorLink") == text("errorCode") && !text("errorSummary").is_empty()
}

/// The format of RFC 6749, section 5.2, and that of the control interface.
fn is_of_oauth(error: &Value) -> bool {
    let is_text = |name: &str| error[name].as_str().is_some_and(|text| !text.is_empty());
    is_text("error") && (error.get("error_description").is_none() || is_text("error_description"))
}
