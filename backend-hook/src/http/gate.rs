//! Middleware: checks origin, rate limit, content type and size of every request; adds headers, the body of errors
//! and a log line to every response. Not here: the operations.

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::headers;
use crate::{
    hook::{Hook, Shared},
    json, limits,
    origin::{self, RequestOrigin},
    problem::{Code, Problem},
};

/// Maximum duration of a request.
const MAX_DURATION: Duration = Duration::from_secs(30);

/// The peer address of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The address that rate limits count.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

/// The path template of the operation.
#[derive(Clone, Debug)]
struct Operation(&'static str);

/// Stores the operation's path template in the response.
pub(super) async fn name_path(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    let known = matched.and_then(|path| super::paths().iter().find(|(_, one)| *one == path.as_str()));
    if let Some((_, path)) = known {
        response.extensions_mut().insert(Operation(path));
    }
    response
}

/// The middleware: runs the request if it is admit.
pub(super) async fn check(State(hook): State<Shared>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let request_id = format!("{:016x}", rand::random::<u64>());
    let method = request.method().clone();
    let page = page(&hook, &request).map(str::to_owned);
    let mut response = match admit(&hook, &mut request).await {
        Ok(()) if is_preflight(&request) => preflight(),
        Ok(()) => match tokio::time::timeout(MAX_DURATION, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::from(Code::OrgTimedOut).into_response(),
        },
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        write_problem(&mut response, &problem, &request_id);
    }
    if hook.is_stopping() {
        // A proxy must not send the next one over this connection.
        headers::set(response.headers_mut(), header::CONNECTION, "close");
    }
    headers::add(response.headers_mut(), hook.config.hsts, page.as_deref(), &request_id);
    let path = response.extensions().get::<Operation>().map_or("other", |operation| operation.0);
    let (method, status, took) = (method_name(&method), response.status().as_u16(), started.elapsed());
    hook.metrics.response(method, path, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request_id, method, path, status, milliseconds, "answered");
    response
}

fn write_problem(response: &mut Response, problem: &Problem, request_id: &str) {
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers::set(headers, header::CONTENT_TYPE, "application/problem+json");
    if problem.code == Code::RequestTimedOut {
        // RFC 9110 15.5.9: the rest of the body is not waited for.
        headers::set(headers, header::CONNECTION, "close");
    }
    if let Some(seconds) = problem.retry_after {
        headers::set(headers, header::RETRY_AFTER, &seconds.to_string());
    }
    *response.body_mut() = Body::from(problem.body(request_id));
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    // A repeated header is invalid.
    if values.next().is_some() { Some("") } else { Some(first.to_str().unwrap_or_default()) }
}

fn request_origin<'a>(hook: &'a Hook, request: &Request) -> RequestOrigin<'a> {
    let headers = request.headers();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let fetch_site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    if reads && matches!(request.uri().path(), super::START | super::CALLBACK) && is_navigation(headers) {
        return RequestOrigin::OwnPage;
    }
    origin::classify(&hook.config.origins, reads, text(headers, &header::ORIGIN), fetch_site)
}

/// Whether the browser itself comes here, as the org sends it, and not a script, a frame or an image of a page. Browsers
/// without these headers are believed: what they bring is checked, and no page can read the answer.
fn is_navigation(headers: &HeaderMap) -> bool {
    let is = |name, expected| text(headers, &HeaderName::from_static(name)).is_none_or(|value| value == expected);
    let origin = text(headers, &header::ORIGIN).is_none_or(|origin| origin == "null");
    origin && is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

/// The origin that may read the response, including an error.
fn page<'a>(hook: &'a Hook, request: &Request) -> Option<&'a str> {
    match request_origin(hook, request) {
        RequestOrigin::Allowed(origin) => Some(origin),
        RequestOrigin::OwnPage | RequestOrigin::NotAllowed => None,
    }
}

async fn admit(hook: &Hook, request: &mut Request) -> Result<(), Problem> {
    // RFC 9112 3.2: without exactly one, a proxy in front and the hook may see different hosts.
    if request.headers().get_all(header::HOST).iter().count() != 1 {
        return Err(Code::Malformed.into());
    }
    if request_origin(hook, request) == RequestOrigin::NotAllowed {
        return Err(Code::OriginNotAllowed.into());
    }
    let client = Client(client(hook, request));
    hook.limits.calls.count(&client.0).await?;
    request.extensions_mut().insert(client);
    if request.method() == Method::POST {
        let headers = request.headers();
        if !is_json(text(headers, &header::CONTENT_TYPE).unwrap_or_default()) {
            return Err(Code::UnsupportedMediaType.into());
        }
        let length = text(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
        if length.is_some_and(|length: usize| length > json::MAX_SIZE) {
            return Err(Code::TooLarge.into());
        }
    }
    Ok(())
}

fn client(hook: &Hook, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let lines = request.headers().get_all("x-forwarded-for");
    let lines: Vec<&str> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
    limits::address(peer, &lines, hook.config.trusted_proxies)
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    headers::add_preflight(response.headers_mut());
    response
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_content_types_are_recognized() {
        for json in ["application/json", "Application/JSON; charset=utf-8"] {
            assert!(is_json(json), "{json}");
        }
        for other in
            ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/plain;application/json"]
        {
            assert!(!is_json(other), "{other}");
        }
    }
}
