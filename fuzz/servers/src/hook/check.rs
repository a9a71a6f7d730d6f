//! What must hold of each response of the hook.

use super::org::Org;
use super::request::Sent;
use super::{KEYS, ORG, PAGES};
use crate::secret::SECRET;
use axum::http::response::Parts;
use axum::http::{HeaderMap, Method, header};
use okta_backend_hook::cookie::{self, Contents, Sealer};
use okta_backend_hook::hook;
use okta_backend_hook::problem::{Code, FieldErrorCode};
use serde_json::Value;

/// Operations for everybody.
const OPEN: [(&str, &str); 5] = [
    ("GET", "/registration"),
    ("POST", "/registration"),
    ("POST", "/session"),
    ("GET", "/session/start"),
    ("GET", "/session/callback"),
];

/// Checks a response, and what was logged about it.
pub(super) fn response(sent: &Sent, head: &Parts, body: &[u8], org: &Org, sealer: &Sealer, log: &str) {
    let text = String::from_utf8_lossy(body);
    let (status, told) = (head.status.as_u16(), || format!("{} for {sent:?}: {text}\n{log}", head.status));
    let headers = format!("{:?}", head.headers);
    for seen in [&text, headers.as_str(), log] {
        assert!(
            !seen.contains(SECRET) && !KEYS.split(' ').any(|key| seen.contains(key)),
            "a secret is told: {}",
            told()
        );
    }
    headers_of_all(sent, &head.headers);
    let (asked, with_token) = org.asked();
    if sent.page.is_none() && !sent.is_own {
        assert!(asked == 0 && matches!(status, 400 | 403), "a page that may not call: {}", told());
    }
    let is_open = OPEN.iter().any(|(method, path)| {
        // What GET answers, HEAD does as well.
        *path == sent.path && (sent.method == *method || (sent.method == Method::HEAD && *method == "GET"))
    });
    let is_preflight = sent.method == Method::OPTIONS;
    if !sent.is_signed_in && !is_open {
        assert!(with_token == 0 && (is_preflight || status >= 400), "nobody is signed in: {}", told());
    }
    match status {
        500 => panic!("the hook has failed: {}", told()),
        501 => assert!(org.is_upgraded() || org.was_wrong(), "{}", told()),
        502.. => {
            // What is no name of a user was never one of the org's.
            let is_named = !sent.cookie.iter().any(|cookie| matches!(cookie.user.as_str(), "" | "." | ".."));
            assert!(org.is_wrong() || org.was_wrong() && asked == 0 || !is_named, "the org was not wrong: {}", told());
        }
        _ => {}
    }
    if status >= 400 && sent.method != Method::HEAD {
        problem(head, body);
    }
    if let Some(place) = head.headers.get(header::LOCATION) {
        let place = place.to_str().unwrap_or_default();
        let known = [ORG, PAGES[0], PAGES[1]]
            .iter()
            .any(|origin| place.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')));
        assert!(status == 303 && known, "sent to {place}");
    }
    cookies(sent, head, sealer, log);
}

fn headers_of_all(sent: &Sent, headers: &HeaderMap) {
    let is = |name: &str, value: &str| headers.get_all(name).iter().eq([value]);
    assert!(is("cache-control", "no-store") && is("x-content-type-options", "nosniff") && is("vary", "Origin"));
    assert!(headers.contains_key("content-security-policy") && headers.contains_key("strict-transport-security"));
    let allowed = headers.get_all(header::ACCESS_CONTROL_ALLOW_ORIGIN).iter();
    assert!(allowed.eq(sent.page.iter()), "{sent:?} may read what it should not, or the other way round");
    assert_eq!(headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), sent.page.is_some());
}

/// The format of errors in the contract.
fn problem(head: &Parts, body: &[u8]) {
    let told = || format!("{head:?}: {}", String::from_utf8_lossy(body));
    assert_eq!(
        head.headers.get(header::CONTENT_TYPE).map(axum::http::HeaderValue::as_bytes),
        Some(&b"application/problem+json"[..])
    );
    let problem: Value = serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {}", told()));
    assert_eq!(problem["status"], head.status.as_u16(), "{}", told());
    let code = Code::ALL.iter().find(|code| problem["code"] == code.name()).unwrap_or_else(|| panic!("{}", told()));
    assert_eq!((code.status(), problem["title"].as_str()), (head.status, Some(code.title())));
    let id = head.headers.get("x-request-id").and_then(|id| id.to_str().ok());
    assert_eq!(problem["requestId"].as_str(), id, "{}", told());
    let retry = head.headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    assert_eq!(problem.get("retryAfter").and_then(Value::as_u64), retry, "{}", told());
    assert_eq!(retry.is_some(), head.status == 429, "{}", told());
    assert!(retry.is_none_or(|seconds| (1..=62).contains(&seconds)), "{}", told());
    let errors = problem.get("errors").map(|errors| errors.as_array().expect("a list"));
    assert_eq!(errors.is_some_and(|errors| !errors.is_empty()), *code == Code::InvalidFields, "{}", told());
    for error in errors.into_iter().flatten() {
        let known = FieldErrorCode::ALL.iter().filter_map(|code| serde_json::to_value(code).ok());
        assert!(error["field"].is_string() && known.into_iter().any(|code| code == error["code"]), "{}", told());
    }
}

/// Its cookies are for browsers alone, sealed, and of the person who is signed in.
fn cookies(sent: &Sent, head: &Parts, sealer: &Sealer, log: &str) {
    let lines = head.headers.get_all(header::SET_COOKIE).iter();
    for line in lines.map(|line| line.to_str().expect("a cookie is text")) {
        let attributes = ["; Path=/; Secure; HttpOnly; SameSite=Strict", "; Path=/; Secure; HttpOnly; SameSite=Lax"];
        assert!(attributes.iter().any(|end| line.ends_with(end)), "{line}");
        let pair = line.split(';').next().unwrap_or_default();
        let Some(value) = cookie::value_in(pair, cookie::NAME).filter(|value| !value.is_empty()) else { continue };
        assert!(!log.contains(value), "a cookie is in the log");
        let Some(new) = sealer.open(value) else {
            // What the org has sent makes it too long.
            assert!(value.len() > 2_048, "a cookie that the hook does not open: {line}");
            continue;
        };
        let before = sent.cookie.as_ref().filter(|_| sent.is_signed_in);
        match (sent.path.as_str(), before) {
            ("/session", _) if sent.method == Method::POST => assert!(new.proved_until.is_none()),
            (path, Some(before)) => renewed(path, before, &new),
            (path, None) => panic!("{path} has signed somebody in"),
        }
    }
}

fn renewed(path: &str, before: &Contents, new: &Contents) {
    assert!(new.user == before.user && new.session == before.session && new.opened == before.opened);
    if new.proved_until != before.proved_until {
        let proves = path == "/proof" || path.ends_with("/verify") || path.contains("/transactions/");
        let is_near = new.proved_until.is_some_and(|until| until <= hook::now() + 300);
        assert!(proves && is_near, "{path} proves until {:?}", new.proved_until);
    }
}
