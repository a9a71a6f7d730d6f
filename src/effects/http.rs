//! Requests: the only place that talks to the network. Credentials are included, redirects are refused
//! (one could carry a token elsewhere), answers are bounded in time and size. Never here: what an answer
//! means.

use crate::authn::request::Body;
use crate::authn::wire::Value;
use crate::authn::{Answer, Method, Request, TransportError};
use crate::flow::effect::TIMEOUT_MS;
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
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
        Body::Json(json) => builder.header("Content-Type", "application/json").body(to_json(json)),
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
    let body = if text.len() > MAX_BODY { None } else { from_json(&text) };
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

/// The browser's own parser: smaller than one in the bundle.
fn from_json(text: &str) -> Option<Value> {
    from_js(&js_sys::JSON::parse(text).ok()?, MAX_DEPTH)
}

/// Bodies nest about a dozen levels; anything deeper is not ours and could exhaust the stack.
const MAX_DEPTH: u8 = 32;

/// What `JSON.parse` made, as a value of ours. serde-wasm-bindgen reads the same through serde, and brings
/// 18 kB of number formatting for error messages that nobody reads.
fn from_js(parsed: &JsValue, depth: u8) -> Option<Value> {
    if let Some(text) = parsed.as_string() {
        return Some(Value::Text(text));
    }
    if let Some(number) = parsed.as_f64() {
        return Some(Value::Number(number));
    }
    if let Some(flag) = parsed.as_bool() {
        return Some(Value::Bool(flag));
    }
    let Some(object) = parsed.dyn_ref::<Object>() else { return Some(Value::Null) };
    let below = depth.checked_sub(1)?;
    if let Some(list) = parsed.dyn_ref::<Array>() {
        return list.iter().map(|item| from_js(&item, below)).collect::<Option<_>>().map(Value::List);
    }
    let member = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, from_js(&entry.get(1), below)?))
    };
    Object::entries(object).iter().map(member).collect::<Option<_>>().map(Value::Object)
}

fn to_json(body: &Value) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let object = serde::Serialize::serialize(body, &serializer).unwrap_or(JsValue::NULL);
    js_sys::JSON::stringify(&object).map_or(JsValue::NULL, JsValue::from)
}
