//! A fake Duo: the script that a page loads, the frame it opens, and the form it posts. It follows Duo's
//! Web SDK, version 2; the frame asks to approve or deny.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use serde_json::json;
use url::{Url, form_urlencoded};

use super::{App, operation, page};
use crate::{authn::duo, error};

const SCRIPT: &str = include_str!("duo_frame.js");

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/js/sections/duo/Duo-Web-v2.js", get(script))
        .route("/frame/web/v1/auth", get(frame))
        .route("/api/v1/authn/factors/{factor}/lifecycle/duoCallback", post(complete))
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

/// The frame. It sends the result to the page that opened it and to no other.
async fn frame(State(app): State<App>, request: Request) -> Response {
    let field = |name: &str| {
        let query = request.uri().query().unwrap_or_default().as_bytes();
        form_urlencoded::parse(query).find(|(one, _)| one == name).map(|(_, value)| value.into_owned())
    };
    let parent = field("parent").and_then(|url| Url::parse(&url).ok()).map(|url| url.origin().ascii_serialization());
    let parent = parent.filter(|origin| app.org().trusts_calls_from(origin));
    let response = field("tx").and_then(|tx| duo::response(&tx));
    let (Some(parent), Some(response)) = (parent, response) else {
        let what = "Duo's frame was opened by a page that is not trusted, or without a signed request.";
        return page::error(StatusCode::BAD_REQUEST, "Duo can not ask here", what);
    };
    let body = format!(
        "<p>Duo asks: is this you?</p>\
         <button id=\"approve\" data-response=\"{}\" data-parent=\"{}\">Approve</button>\
         <button id=\"deny\">Deny</button><p id=\"said\" role=\"status\"></p>\
         <script>const approve = document.getElementById('approve');\
         approve.onclick = () => parent.postMessage(approve.dataset.response, approve.dataset.parent);\
         document.getElementById('deny').onclick = () =>\
         document.getElementById('said').textContent = 'Denied. Nothing was sent.';</script>",
        page::escape(&response),
        page::escape(&parent),
    );
    page::page(StatusCode::OK, "Duo", &body)
}

/// The form that the page posts: `id`, `stateToken`, `sig_response`.
async fn complete(State(app): State<App>, Path(factor): Path<String>, request: Request) -> Response {
    let (parts, body): (_, Body) = request.into_parts();
    let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return operation::refuse(&app, &error::CONTENT_TYPE.into());
    }
    let bytes = to_bytes(body, 64 * 1024).await.unwrap_or_default();
    let field =
        |name: &str| form_urlencoded::parse(&bytes).find(|(one, _)| one == name).map(|(_, value)| value.into_owned());
    let (Some(token), Some(response)) = (field("stateToken"), field("sig_response")) else {
        return operation::refuse(&app, &error::MISSING.because("stateToken and sig_response must be there"));
    };
    let known = app.org().transactions.contains_key(&token);
    if !known {
        return operation::refuse(&app, &error::INVALID_TOKEN.into());
    }
    let fits = duo::complete(&mut app.org(), &token, &factor, &response);
    if fits { operation::json(200, &json!({})) } else { operation::refuse(&app, &error::INVALID_PASSCODE.into()) }
}
