//! Runs an operation for an HTTP request: checks headers, parses the body and cookies, counts rate
//! limits, writes the response.

use std::{collections::HashMap, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use super::{App, cookie, methods::Endpoint};
use crate::{
    call::{Call, Input, Refusal, Reply, Work},
    error::{self, ApiError},
    org::{Org, rate},
};

/// An operation of the API.
pub(crate) type Operation = fn(&mut Org, &Call) -> Result<Reply, Refusal>;

/// The values of the path's placeholders, if it has any.
pub(crate) type Params = Result<RawPathParams, RawPathParamsRejection>;

const PREFER: HeaderName = HeaderName::from_static("prefer");
const FINGERPRINT: HeaderName = HeaderName::from_static("x-device-fingerprint");
const MINIMAL: &str = "return=minimal";

/// Maximum size of a request body.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// Parses the request, runs the operation, and writes its response.
pub(super) async fn perform(app: App, endpoint: Endpoint, params: Params, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let checked = read(&parts, body).await;
    let checked = checked.and_then(|input| endpoint.parameters.check(parts.uri.query()).map(|()| input));
    let input = match checked {
        Ok(input) => input,
        Err(error) => return refuse(&app, &error),
    };
    let device = cookie::value(&parts.headers, cookie::DEVICE);
    let (mut call, rate_status, new_device) = {
        let mut org = app.org();
        let now = org.clock.now();
        let new_device = device.is_none().then(|| org.random.token());
        let call = Call {
            now,
            input,
            query: query(&parts),
            path: placeholders(params),
            device: device.or_else(|| new_device.clone()).unwrap_or_default(),
            session: cookie::session_in(&parts.headers, org.engine),
            origin: text(&parts.headers, header::ORIGIN).map(str::to_owned),
            trusted: org.knows_token(text(&parts.headers, header::AUTHORIZATION)),
            fingerprint: text(&parts.headers, FINGERPRINT).map(str::to_owned),
            language: text(&parts.headers, header::ACCEPT_LANGUAGE).map(str::to_owned),
            prefers_minimal: text(&parts.headers, PREFER).is_some_and(|value| value.trim() == MINIMAL),
            temporary_password: org.random.temporary_password(),
            work: Work::default(),
        };
        let rate_status = count_call(&mut org, &parts, &call);
        (call, rate_status, new_device)
    };
    let mut response = match rate_status {
        Some(rate_status) if rate_status.exceeded => refuse(&app, &error::RATE_LIMIT.into()),
        _ => run(&app, endpoint.operation, &mut call).await,
    };
    let headers = response.headers_mut();
    if let Some(rate_status) = rate_status {
        add_rate_headers(headers, rate_status);
    }
    if let Some(device) = new_device.filter(|_| parts.uri.path().starts_with("/api/v1/authn")) {
        cookie::set(headers, &cookie::device(&device, &app.org()));
    }
    response
}

/// Runs the operation and writes its response.
async fn run(app: &App, operation: Operation, call: &mut Call) -> Response {
    match complete(app, operation, call).await {
        Ok(answer) => write(app, answer),
        Err(error) => refuse(app, &error),
    }
}

/// Runs the operation, and repeats it after each task of slow work, which is done without the lock.
pub(crate) async fn complete(app: &App, operation: Operation, call: &mut Call) -> Result<Reply, ApiError> {
    loop {
        let (outcome, hasher) = {
            let mut org = app.org();
            call.now = org.clock.now();
            org.sweep(call.now);
            if org.is_upgraded() {
                org.complete_factors();
            }
            (operation(&mut org, call), org.settings.hasher.clone())
        };
        match outcome {
            Ok(answer) => return Ok(answer),
            Err(Refusal::Api(error)) => return Err(error),
            Err(Refusal::Needs(task)) => {
                let mut work = std::mem::take(&mut call.work);
                let done = tokio::task::spawn_blocking(move || {
                    work.perform(task, &hasher);
                    work
                });
                match done.await {
                    Ok(work) => call.work = work,
                    Err(_) => return Err(error::INTERNAL.into()),
                }
            }
        }
    }
}

/// The call of a browser that navigates to a page of the org.
pub(crate) fn call_of_browser(org: &Org, headers: &HeaderMap) -> Call {
    Call {
        now: org.clock.now(),
        input: Input::default(),
        query: HashMap::new(),
        path: HashMap::new(),
        device: cookie::value(headers, cookie::DEVICE).unwrap_or_default(),
        session: cookie::session_in(headers, org.engine),
        origin: None,
        language: None,
        prefers_minimal: false,
        trusted: false,
        fingerprint: None,
        temporary_password: String::new(),
        work: Work::default(),
    }
}

/// An error response.
pub(crate) fn refuse(app: &App, error: &ApiError) -> Response {
    let (id, now) = {
        let mut org = app.org();
        (org.random.error_id(), org.clock.now())
    };
    let mut response = json(error.code.status, &error.body(&id));
    if error.code.status == 429 {
        // Okta's clients wait until then, and fail where it is missing. A message that comes too soon is allowed earlier.
        let wait = match error.code.name {
            "E0000109" | "E0000133" => Duration::from_secs(30),
            "E0000118" => Duration::from_secs(5),
            _ => Duration::from_mins(1),
        };
        let used_up = rate::RateStatus { limit: 600, remaining: 0, reset: now.after(wait), exceeded: true };
        add_rate_headers(response.headers_mut(), used_up);
    }
    response
}

/// A JSON response.
pub(crate) fn json(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache, no-store")];
    (status, headers, body.to_string()).into_response()
}

fn write(app: &App, answer: Reply) -> Response {
    match answer {
        Reply::Json(body) => json(200, &body),
        Reply::Page(items, next) => {
            let mut response = json(200, &Value::Array(items));
            let next = next.map(|path| format!("<{}>; rel=\"next\"", app.org().url(&path)));
            if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
                response.headers_mut().append(header::LINK, next);
            }
            response
        }
        Reply::Nothing => StatusCode::NO_CONTENT.into_response(),
        Reply::Minimal => (StatusCode::NO_CONTENT, [("preference-applied", MINIMAL)]).into_response(),
        Reply::SessionOver => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            cookie::end_session(response.headers_mut(), &app.org());
            response
        }
        Reply::Png(picture) => {
            let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-cache, no-store")];
            (headers, picture).into_response()
        }
    }
}

/// Checks the headers and parses the members of the body.
async fn read(parts: &Parts, body: Body) -> Result<Input, ApiError> {
    let headers = &parts.headers;
    if !accepts_json(headers) && !parts.uri.path().contains("/qr/") {
        return Err(error::ACCEPT.into());
    }
    if parts.method != Method::POST && parts.method != Method::PUT {
        return Ok(Input::default());
    }
    if !headers.contains_key(header::CONTENT_LENGTH) && !headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(error::NO_LENGTH.into());
    }
    let bytes = to_bytes(body, MAX_BODY)
        .await
        .map_err(|_| error::NOT_WELL_FORMED.because("The body is too large or broke off."))?;
    if bytes.is_empty() {
        return Ok(Input::default());
    }
    let media_type = text(headers, header::CONTENT_TYPE).ok_or(error::NO_CONTENT_TYPE)?;
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(error::CONTENT_TYPE.into());
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(members)) => Ok(Input::new(members)),
        _ => Err(error::NOT_WELL_FORMED.into()),
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accept) = text(headers, header::ACCEPT) else { return true };
    accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        ["*/*", "application/*", "application/json"].iter().any(|json| range.eq_ignore_ascii_case(json))
    })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn query(parts: &Parts) -> HashMap<String, String> {
    url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// The values of the path's placeholders.
pub(crate) fn placeholders(params: Params) -> HashMap<String, String> {
    let Ok(params) = params else { return HashMap::new() };
    params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Counts the request: per user name for sign-ins, per transaction and path for others.
fn count_call(org: &mut Org, parts: &Parts, call: &Call) -> Option<rate::RateStatus> {
    let path = parts.uri.path();
    if !path.starts_with("/api/v1/authn") {
        return None;
    }
    let member = |name| call.input.text(name).ok().flatten();
    let (key, limit) = match (member("username"), member("stateToken")) {
        (Some(name), _) => (format!("{path} user {}", name.to_lowercase()), org.settings.sign_ins),
        (None, Some(token)) => (format!("{path} token {token}"), org.settings.calls),
        (None, None) => (format!("{path} device {}", call.device), org.settings.calls),
    };
    Some(org.rates.count(&key, limit, call.now))
}

fn add_rate_headers(headers: &mut HeaderMap, rate_status: rate::RateStatus) {
    headers.insert("x-rate-limit-limit", HeaderValue::from(rate_status.limit));
    headers.insert("x-rate-limit-remaining", HeaderValue::from(rate_status.remaining));
    headers.insert("x-rate-limit-reset", HeaderValue::from(rate_status.reset.seconds_rounded_up()));
}
