//! CORS: which origins may call. Trusted origins are allowed by name and with credentials, never by `*`.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{App, faults};

const METHODS: &str = "GET, POST, PUT, DELETE, OPTIONS";
const REQUEST_HEADERS: &str = "Accept, Authorization, Content-Type, Prefer, X-Device-Fingerprint, X-Typing-Pattern, \
     X-Okta-User-Agent-Extended, X-Okta-XsrfToken";
const READABLE: &str = "Date, Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, \
     X-Rate-Limit-Reset, Preference-Applied";

/// Paths that are called without cookies.
const WITHOUT_COOKIES: [&str; 4] = ["/.well-known/", "/oauth2/", "/login/getimage", "/api/v1/registration/"];

/// Answers preflights, and lets trusted origins read the other responses.
pub(crate) async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let credentials = takes_credentials(request.uri().path());
    let mut response = if preflight { nothing(&app) } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin.filter(|origin| origin.to_str().is_ok_and(|text| app.org().trusts_calls_from(text))) {
        allow(headers, origin, preflight, credentials);
    }
    response
}

/// The body of a preflight response.
fn nothing(app: &App) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    faults::close_if_needed(app, &mut response);
    response
}

/// Whether requests may carry cookies. Public endpoints do not allow credentials: the browser blocks the
/// response for a page that sends them.
fn takes_credentials(path: &str) -> bool {
    !WITHOUT_COOKIES.iter().any(|place| path.starts_with(place))
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue, preflight: bool, credentials: bool) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if credentials {
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    }
    if preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(REQUEST_HEADERS));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    } else {
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READABLE));
    }
}
