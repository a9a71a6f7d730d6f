//! Planned faults: the next N requests of a method and path fail in a given way, before or after they
//! reach the org.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue, StatusCode, header,
        header::{InvalidHeaderName, InvalidHeaderValue},
    },
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use super::{App, BreakConnection, operation, page};
use crate::error;

/// A fault.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// Responds after a delay.
    Delay {
        /// Its length.
        seconds: f64,
    },
    /// Responds when the planned faults are removed.
    Hold,
    /// Does not respond.
    Hang,
    /// Resets the connection.
    Reset,
    /// Responds with this status and an HTML page.
    Status {
        /// The status.
        status: u16,
    },
    /// Responds with 429.
    RateLimit,
    /// Responds with the first half of the body.
    Truncate,
    /// Responds with this header as the only one of its name, or without it.
    Header {
        /// Which header.
        name: Name,
        /// Its value; none removes it.
        value: Option<Text>,
    },
    /// Responds with another value of the member at this JSON pointer (RFC 6901).
    Replace {
        /// Which member.
        pointer: String,
        /// Its value.
        value: Value,
    },
}

/// The name of a header.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(HeaderName);

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.as_str().to_owned()
    }
}

impl TryFrom<String> for Name {
    type Error = InvalidHeaderName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HeaderName::try_from(text).map(Self)
    }
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(HeaderValue);

impl From<Text> for String {
    fn from(value: Text) -> Self {
        Self::from_utf8_lossy(value.0.as_bytes()).into_owned()
    }
}

impl TryFrom<String> for Text {
    type Error = InvalidHeaderValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HeaderValue::try_from(text).map(Self)
    }
}

/// A fault for the next requests that match.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct PlannedFault {
    /// Any method if left out.
    pub method: Option<String>,
    /// The path, such as `/api/v1/authn`.
    pub path: String,
    /// For how many requests.
    pub times: u32,
    /// What happens to them.
    pub fault: Fault,
}

impl PlannedFault {
    /// A fault of the next request to this path, with any method.
    pub fn once(path: impl Into<String>, fault: Fault) -> Self {
        Self { method: None, path: path.into(), times: 1, fault }
    }
}

impl PlannedFault {
    fn fits(&self, method: &str, path: &str) -> bool {
        self.times > 0 && self.path == path && self.method.as_deref().is_none_or(|one| one == method)
    }
}

/// All planned faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    planned: Mutex<Vec<PlannedFault>>,
    /// Sends when they are removed.
    removed: watch::Sender<()>,
}

impl Faults {
    pub(crate) fn plan(&self, planned: PlannedFault) {
        self.all().push(planned);
    }

    pub(crate) fn clear(&self) {
        self.all().clear();
        self.removed.send_replace(());
    }

    fn all(&self) -> MutexGuard<'_, Vec<PlannedFault>> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a reset is planned. Until then no connection is reused: a browser repeats a request by itself
    /// when a reused connection breaks.
    fn reset_is_planned(&self) -> bool {
        self.all().iter().any(|planned| matches!(planned.fault, Fault::Reset))
    }

    /// The headers to replace in the response to this request; their counters are decremented.
    fn headers_for_call(&self, method: &str, path: &str) -> Vec<(Name, Option<Text>)> {
        let mut all = self.all();
        let mut headers = Vec::new();
        for planned in all.iter_mut().filter(|planned| planned.fits(method, path)) {
            if let Fault::Header { name, value } = &planned.fault {
                headers.push((name.clone(), value.clone()));
                planned.times -= 1;
            }
        }
        all.retain(|planned| planned.times > 0);
        headers
    }

    /// The fault for this request, if any; its counter is decremented.
    fn for_call(&self, method: &str, path: &str) -> Option<Fault> {
        let mut all = self.all();
        let fits =
            |planned: &&mut PlannedFault| planned.fits(method, path) && !matches!(planned.fault, Fault::Header { .. });
        let planned = all.iter_mut().find(fits)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        all.retain(|planned| planned.times > 0);
        Some(fault)
    }
}

/// Applies the planned fault.
pub(crate) async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let faults = &app.tools.faults;
    // Before the fault is read: if the faults are removed in between, what is held is released all the same.
    let removed = faults.removed.subscribe();
    let fault = faults.for_call(request.method().as_str(), request.uri().path());
    let mut response = answer(&app, fault, removed, request, next).await;
    close_if_needed(&app, &mut response);
    response
}

/// Replaces the planned headers. Outside of everything else, so that those of CORS, of preflights too, and the date can be
/// replaced.
pub(crate) async fn replace_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = app.tools.faults.headers_for_call(request.method().as_str(), request.uri().path());
    let mut response = next.run(request).await;
    for (Name(name), value) in headers {
        response.headers_mut().remove(&name);
        if let Some(Text(value)) = value {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Closes the connection after this response while a reset is planned.
pub(crate) fn close_if_needed(app: &App, response: &mut Response) {
    if app.tools.faults.reset_is_planned() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}

async fn answer(
    app: &App,
    fault: Option<Fault>,
    mut removed: watch::Receiver<()>,
    request: Request,
    next: Next,
) -> Response {
    match fault {
        // Headers are replaced further outside.
        None | Some(Fault::Header { .. }) => next.run(request).await,
        Some(Fault::Delay { seconds }) => {
            tokio::time::sleep(Duration::try_from_secs_f64(seconds).unwrap_or_default()).await;
            next.run(request).await
        }
        Some(Fault::Hold) => {
            // An error would mean that the server is going down.
            let _ended = removed.changed().await;
            next.run(request).await
        }
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Reset) => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            response.extensions_mut().insert(BreakConnection);
            response
        }
        Some(Fault::Status { status }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            page::error(status, "Something is wrong", "This response is a planned fault.")
        }
        Some(Fault::RateLimit) => operation::refuse(app, &error::RATE_LIMIT.into()),
        Some(Fault::Truncate) => truncated(next.run(request).await).await,
        Some(Fault::Replace { pointer, value }) => replaced(next.run(request).await, &pointer, value).await,
    }
}

/// A body that is no JSON, or has no such member, stays as it is.
async fn replaced(response: Response, pointer: &str, value: Value) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let Some(member) = json.pointer_mut(pointer) else { return Response::from_parts(parts, Body::from(bytes)) };
    *member = value;
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(json.to_string()))
}

async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() / 2)))
}
