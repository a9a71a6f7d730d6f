//! Requests: the only place that talks to the network. Credentials are included, redirects are refused
//! (one could carry a token elsewhere), answers are bounded in time and size. Never here: what an answer
//! means.

use super::json;
use crate::authn::request::Body;
use crate::authn::{Answer, Method, Request, TransportError};
use crate::flow::effect::TIMEOUT_MS;
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

/// Longest body that is read, in bytes. Real ones stay below 50 kB.
const MAX_BODY: usize = 1 << 20;

/// A request under way. Dropping it aborts it.
#[must_use]
pub(super) struct Fetch {
    controller: Option<AbortController>,
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// Sends a request; `done` is called once, unless the page goes away first.
pub(super) fn send(request: &Request, done: impl FnOnce(Result<Answer, TransportError>) + 'static) -> Fetch {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let method = match request.method() {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let credentials = match request.body() {
        Body::Form(_) => RequestCredentials::Omit,
        Body::None | Body::Json(_) => RequestCredentials::Include,
    };
    let builder = RequestBuilder::new(request.url())
        .method(method)
        .header("Accept", "application/json")
        .credentials(credentials)
        .redirect(RequestRedirect::Error)
        .cache(RequestCache::NoStore)
        .abort_signal(signal.as_ref());
    let built = match request.body() {
        Body::Json(body) => builder.header("Content-Type", "application/json").body(json::stringify(body)),
        Body::Form(form) => builder.header("Content-Type", "application/x-www-form-urlencoded").body(form),
        Body::None => builder.build(),
    };
    let for_timeout = controller.clone();
    let timeout = Timeout::new(TIMEOUT_MS, move || {
        if let Some(controller) = for_timeout {
            controller.abort();
        }
    });
    wasm_bindgen_futures::spawn_local(async move {
        let outcome = match built {
            Ok(request) => match request.send().await {
                Ok(response) => read(response).await,
                Err(_) => None,
            },
            Err(_) => None,
        };
        drop(timeout);
        done(outcome.ok_or_else(|| why(signal.as_ref())));
    });
    Fetch { controller }
}

async fn read(response: Response) -> Option<Answer> {
    let status = response.status();
    let reset = response.headers().get("X-Rate-Limit-Reset");
    let retry_at = reset.and_then(|seconds| seconds.trim().parse::<u64>().ok()?.checked_mul(1_000));
    let text = response.text().await.ok()?;
    let body = if text.len() > MAX_BODY { None } else { json::parse(&text) };
    Some(Answer { status, body, retry_at })
}

/// Browsers do not say why a request failed. Our own time-out aborts it; whoever else aborts it does not
/// listen any more.
fn why(signal: Option<&AbortSignal>) -> TransportError {
    let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    if signal.is_some_and(AbortSignal::aborted) {
        TransportError::TimedOut
    } else if online {
        TransportError::Unreachable
    } else {
        TransportError::Offline
    }
}
