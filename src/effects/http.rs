//! Requests: the only place that talks to the network. Cookies go along where a request wants them, redirects are refused
//! (one could carry a token elsewhere), responses are bounded in time and size. Not here: what a response
//! means.

use super::{json, page_code};
use gloo_net::http::{Headers, Request as HttpRequest, Response as HttpResponse};
use gloo_timers::callback::Timeout;
use js_sys::{Function, Reflect, Uint8Array};
use okta_authn::request::Body;
use okta_authn::{Method, Request, Response, TransportError};
use sign_in_flow::effect::TIMEOUT_MS;
use std::future::Future;
use std::task::{Context, Waker};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStream, ReadableStreamDefaultReader, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect,
};

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

/// Sends a request; `done` is called once, unless the page goes away first. `language` is that of the widget. With `prepare`,
/// the page's own code is asked for the body, and may add headers: the script and what the user name is for.
pub(super) fn send(
    request: &Request,
    language: &str,
    prepare: Option<(&Function, &str)>,
    done: Box<dyn FnOnce(Result<Response, TransportError>)>,
) -> Fetch {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let method = match request.method() {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
    };
    let credentials = match request.body() {
        Body::Form(_) | Body::NoneWithoutCookies => RequestCredentials::Omit,
        Body::None | Body::Json(_) => RequestCredentials::Include,
    };
    let headers = Headers::new();
    // The second is what WebFinger answers with.
    headers.set("Accept", "application/json, application/jrd+json");
    // A message or a call that the org sends is in this language, where the org has it. No permission is asked for it.
    headers.set("Accept-Language", language);
    // The crate's own builder takes addresses apart and puts them together again, and costs its bytes for it.
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(credentials);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(signal.as_ref());
    let mut to_prepare = None;
    match request.body() {
        Body::Json(body) => {
            headers.set("Content-Type", "application/json");
            let body = json::stringify(body);
            init.set_body(&body);
            to_prepare = prepare.zip(Some(body));
        }
        Body::Form(form) => {
            headers.set("Content-Type", "application/x-www-form-urlencoded");
            init.set_body(&JsValue::from_str(form));
        }
        Body::None | Body::NoneWithoutCookies => {}
    }
    let headers = headers.into_raw();
    init.set_headers(&headers);
    let preparing =
        to_prepare.and_then(|((script, operation), body)| page_code::prepare(script, operation, &body, &headers));
    let (url, for_timeout) = (request.url().to_owned(), controller.clone());
    let mut exchange = Box::pin(async move {
        if let Some(preparing) = preparing {
            match JsFuture::from(preparing).await {
                Ok(body) => init.set_body(&body),
                Err(_) => return done(Err(TransportError::PageFailed)),
            }
        }
        let timeout = Timeout::new(TIMEOUT_MS, move || {
            if let Some(controller) = for_timeout {
                controller.abort();
            }
        });
        let built = web_sys::Request::new_with_str_and_init(&url, &init).map(HttpRequest::from);
        let outcome = match built {
            Ok(request) => match request.send().await {
                Ok(response) => read(response).await,
                Err(_) => None,
            },
            Err(_) => None,
        };
        drop(timeout);
        done(outcome.unwrap_or_else(|| Err(why(signal.as_ref()))));
    });
    // The request leaves now, and not after what else is to be done: drawing takes long on a slow machine.
    if exchange.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        wasm_bindgen_futures::spawn_local(exchange);
    }
    Fetch { controller }
}

/// `None` where the answer broke off.
async fn read(response: HttpResponse) -> Option<Result<Response, TransportError>> {
    let (status, headers) = (response.status(), response.headers());
    let reset = headers.get("X-Rate-Limit-Reset");
    let retry_at = reset.and_then(|seconds| seconds.trim().parse::<u64>().ok()?.checked_mul(1_000));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date of our time fits")]
    let date = headers.get("Date").map(|date| js_sys::Date::parse(&date) as u64).filter(|date| *date > 0);
    let length = headers.get("Content-Length").and_then(|length| length.parse::<usize>().ok());
    let is_short = length.is_none_or(|length| length <= MAX_BODY);
    let text = match response.body() {
        Some(body) if is_short => read_text(body).await.ok()?,
        _ => None,
    };
    let text = text.as_deref().map(|text| text.trim_start_matches('\u{feff}'));
    let body = text.and_then(json::parse);
    // A good answer is JSON or nothing. What is there instead comes from a network that asks to sign in first, and so says 511
    // (<https://www.rfc-editor.org/rfc/rfc6585#section-6>). The bad answers of a proxy are told by their status.
    let is_html = || headers.get("Content-Type").is_some_and(|kind| kind.starts_with("text/html"));
    let is_page = |text: &str| text.trim_start().starts_with('<') || (!text.is_empty() && is_html());
    let is_other = body.is_none() && (status < 300 || status == 511) && text.is_some_and(is_page);
    Some(if is_other { Err(TransportError::OtherPage) } else { Ok(Response { status, body, retry_at, date }) })
}

/// Reads a body piece by piece, and ends it where it is too long: a short answer may be a zipped long one.
async fn read_text(body: ReadableStream) -> Result<Option<String>, JsValue> {
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let piece = Reflect::get(&piece, &"value".into())?;
        if piece.is_undefined() {
            return Ok(String::from_utf8(bytes).ok());
        }
        let piece: Uint8Array = piece.unchecked_into();
        if bytes.len() + piece.length() as usize > MAX_BODY {
            // Nothing waits for the end of that.
            let _ended = reader.cancel();
            return Ok(None);
        }
        bytes.extend(piece.to_vec());
    }
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
