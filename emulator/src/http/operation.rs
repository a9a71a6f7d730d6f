//! From an HTTP request to an operation of the org and back: the headers a request must have, its
//! body and cookies, the rate limits, and the answer.

use std::collections::HashMap;

use axum::{
    body::{Body, to_bytes},
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use super::{App, cookie};
use crate::{
    call::{Answer, Call, Input, Refusal, Work},
    error::{self, ApiError},
    org::{Org, rate},
    time::Moment,
};

/// What every operation of the API is.
pub(crate) type Operation = fn(&mut Org, &Call) -> Result<Answer, Refusal>;

/// What the path's placeholders stand for, if it has any.
pub(crate) type Params = Result<RawPathParams, RawPathParamsRejection>;

const PREFER: HeaderName = HeaderName::from_static("prefer");
const FINGERPRINT: HeaderName = HeaderName::from_static("x-device-fingerprint");
const MINIMAL: &str = "return=minimal";

/// Larger bodies than this have no place in this API.
const LARGEST_BODY: usize = 64 * 1024;

/// Reads the request, runs the operation, and writes its answer.
pub(crate) async fn perform(app: App, operation: Operation, params: Params, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let input = match read(&parts, body).await {
        Ok(input) => input,
        Err(error) => return refuse(&app, &error),
    };
    let device = cookie::value(&parts.headers, cookie::DEVICE);
    let (mut call, standing, new_device) = {
        let mut org = app.org();
        let now = org.clock.now();
        let new_device = device.is_none().then(|| org.random.token());
        let call = Call {
            now,
            input,
            query: query(&parts),
            path: placeholders(params),
            device: device.or_else(|| new_device.clone()).unwrap_or_default(),
            session: cookie::value(&parts.headers, cookie::SESSION),
            origin: text(&parts.headers, header::ORIGIN).map(str::to_owned),
            trusted: org.knows_token(text(&parts.headers, header::AUTHORIZATION)),
            fingerprint: text(&parts.headers, FINGERPRINT).map(str::to_owned),
            prefers_minimal: text(&parts.headers, PREFER).is_some_and(|value| value.trim() == MINIMAL),
            temporary_password: org.random.temporary_password(),
            work: Work::default(),
        };
        let standing = count(&mut org, &parts, &call);
        (call, standing, new_device)
    };
    let mut response = match standing {
        Some(standing) if standing.exceeded => refuse(&app, &error::RATE_LIMIT.into()),
        _ => run(&app, operation, &mut call).await,
    };
    let headers = response.headers_mut();
    if let Some(standing) = standing {
        tell(headers, standing);
    }
    if let Some(device) = new_device.filter(|_| parts.uri.path().starts_with("/api/v1/authn")) {
        cookie::set(headers, &cookie::device(&device));
    }
    response
}

/// Runs it, as often as it takes to do the slow work that it asks for without holding the lock.
async fn run(app: &App, operation: Operation, call: &mut Call) -> Response {
    loop {
        let (outcome, hasher) = {
            let mut org = app.org();
            call.now = org.clock.now();
            org.sweep(call.now);
            (operation(&mut org, call), org.settings.hasher.clone())
        };
        match outcome {
            Ok(answer) => return write(app, answer),
            Err(Refusal::Api(error)) => return refuse(app, &error),
            Err(Refusal::Needs(task)) => {
                let mut work = std::mem::take(&mut call.work);
                let done = tokio::task::spawn_blocking(move || {
                    work.perform(task, &hasher);
                    work
                });
                match done.await {
                    Ok(work) => call.work = work,
                    Err(_) => return refuse(app, &error::INTERNAL.into()),
                }
            }
        }
    }
}

/// The call of a browser that opens a page of the org instead of asking its API.
pub(crate) fn call_of_browser(now: Moment, headers: &HeaderMap) -> Call {
    Call {
        now,
        input: Input::default(),
        query: HashMap::new(),
        path: HashMap::new(),
        device: cookie::value(headers, cookie::DEVICE).unwrap_or_default(),
        session: cookie::value(headers, cookie::SESSION),
        origin: None,
        prefers_minimal: false,
        trusted: false,
        fingerprint: None,
        temporary_password: String::new(),
        work: Work::default(),
    }
}

/// A refusal, as an answer.
pub(crate) fn refuse(app: &App, error: &ApiError) -> Response {
    let id = app.org().random.error_id();
    json(error.code.status, &error.body(&id))
}

/// JSON as an answer.
pub(crate) fn json(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache, no-store")];
    (status, headers, body.to_string()).into_response()
}

fn write(app: &App, answer: Answer) -> Response {
    match answer {
        Answer::Json(body) => json(200, &body),
        Answer::Page(items, next) => {
            let mut response = json(200, &Value::Array(items));
            let next = next.map(|path| format!("<{}>; rel=\"next\"", app.org().url(&path)));
            if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
                response.headers_mut().append(header::LINK, next);
            }
            response
        }
        Answer::Nothing => StatusCode::NO_CONTENT.into_response(),
        Answer::Minimal => (StatusCode::NO_CONTENT, [("preference-applied", MINIMAL)]).into_response(),
        Answer::SessionOver => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            cookie::set(response.headers_mut(), &cookie::no_session());
            response
        }
        Answer::Png(picture) => {
            let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-cache, no-store")];
            (headers, picture).into_response()
        }
    }
}

/// The members of the body, once the headers are right.
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
    let bytes = to_bytes(body, LARGEST_BODY)
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

fn placeholders(params: Params) -> HashMap<String, String> {
    let Ok(params) = params else { return HashMap::new() };
    params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Counts the call: per user name for sign-ins, per transaction and path for what follows.
fn count(org: &mut Org, parts: &Parts, call: &Call) -> Option<rate::Standing> {
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

fn tell(headers: &mut HeaderMap, standing: rate::Standing) {
    headers.insert("x-rate-limit-limit", HeaderValue::from(standing.limit));
    headers.insert("x-rate-limit-remaining", HeaderValue::from(standing.remaining));
    headers.insert("x-rate-limit-reset", HeaderValue::from(standing.reset.seconds_rounded_up()));
}
