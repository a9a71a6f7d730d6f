//! One call: to the org, into a file, and back to the client. Nothing of a call is logged but method, status and the number
//! of the file.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use serde_json::json;

use super::{
    Proxy, headers,
    recording::{Exchange, Passed},
};
use crate::control::guard;

/// The largest body of a request.
const MAX_REQUEST: usize = 4 * 1024 * 1024;

/// Passes a request on, and records the answer.
pub(super) async fn pass_on(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(preflight) = proxy.pages.preflight(&parts.method, &parts.headers) {
        return preflight;
    }
    let mut response = match answer(&proxy, &parts, body).await {
        Ok(response) => response,
        Err((status, what)) => (status, Json(json!({ "error": what }))).into_response(),
    };
    proxy.pages.allow(&parts.headers, response.headers_mut());
    response
}

/// Why a call was not passed on.
type NotPassedOn = (StatusCode, String);

async fn answer(proxy: &Proxy, parts: &Parts, body: Body) -> Result<Response, NotPassedOn> {
    if !guard::is_called_locally(&parts.headers) {
        let what = "The proxy is called at localhost: the header Host must say so.";
        return Err((StatusCode::FORBIDDEN, what.to_owned()));
    }
    let too_large = |_| (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large, or broke off.".to_owned());
    let sent = to_bytes(body, MAX_REQUEST).await.map_err(too_large)?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let url = format!("{}{}", proxy.links.org(), proxy.links.to_org(path));
    let request = proxy
        .client
        .request(parts.method.clone(), url)
        .headers(headers::to_org(&parts.headers, &proxy.links))
        .body(rewritten(&parts.headers, &sent, |text| proxy.links.to_org(text)));
    let unreachable = |error: reqwest::Error| {
        let error = chain(&error.without_url());
        tracing::warn!(error, "the org could not be reached");
        (StatusCode::BAD_GATEWAY, format!("The org could not be reached: {error}"))
    };
    let answer = request.send().await.map_err(unreachable)?;
    let (status, received) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.map_err(unreachable)?;
    let exchange = Exchange {
        method: &parts.method,
        path,
        request: &parts.headers,
        sent: &sent,
        status,
        answer: &received,
        received: &body,
    };
    write(proxy, &exchange).await?;
    let mut response = Response::new(Body::from(rewritten(&received, &body, |text| proxy.links.to_proxy(text))));
    *response.status_mut() = status;
    *response.headers_mut() = headers::to_client(&received, &proxy.links);
    Ok(response)
}

/// An answer that can't be recorded is not passed on: the client would go on, and the recording have a gap.
async fn write(proxy: &Proxy, exchange: &Exchange<'_>) -> Result<(), NotPassedOn> {
    match proxy.recording.write(exchange).await {
        Ok(Passed::Written(number)) => {
            tracing::info!(number, method = %exchange.method, status = exchange.status.as_u16(), "recorded");
            proxy.counts.written.fetch_add(1, Ordering::Relaxed);
        }
        Ok(Passed::NotJson) => {
            proxy.counts.not_written.fetch_add(1, Ordering::Relaxed);
        }
        Err(error) => {
            tracing::error!(%error, "a file of the recording could not be written");
            let what = format!("The answer could not be written to the recording: {error}");
            return Err((StatusCode::INSUFFICIENT_STORAGE, what));
        }
    }
    Ok(())
}

/// A body with other addresses, if it is text.
fn rewritten(headers: &HeaderMap, body: &Bytes, rewrite: impl Fn(&str) -> String) -> Bytes {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_text =
        kind.starts_with("text/") || ["json", "javascript", "urlencoded", "xml"].iter().any(|one| kind.contains(one));
    match std::str::from_utf8(body) {
        Ok(text) if is_text => Bytes::from(rewrite(text)),
        _ => body.clone(),
    }
}

/// An error with its causes, which say what to look for.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(one) = cause {
        text = format!("{text}: {one}");
        cause = one.source();
    }
    text
}
