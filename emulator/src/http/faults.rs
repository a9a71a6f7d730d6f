//! Trouble on demand: the next so many calls of a method and path meet it instead of the org, or
//! on their way back from it.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;

use super::{App, BreakConnection, operation, page};
use crate::error;

/// Trouble.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Fault {
    /// Answers, but late.
    Delay { seconds: f64 },
    /// Never answers.
    Hang,
    /// Breaks the connection.
    Reset,
    /// Answers with this status and a page of HTML.
    Status { status: u16 },
    /// Answers 429.
    RateLimit,
    /// Answers with the first half of its body.
    Truncate,
}

/// Trouble that waits for its calls.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Planned {
    /// Any, if left out.
    method: Option<String>,
    path: String,
    times: u32,
    fault: Fault,
}

/// All trouble that waits.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Planned>>);

impl Faults {
    pub(crate) fn plan(&self, planned: Planned) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(planned);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Whether a connection is going to be broken. Until then none is used twice: a browser repeats
    /// a request by itself when a connection breaks that had worked before.
    fn breaks_one(&self) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().any(|planned| matches!(planned.fault, Fault::Reset))
    }

    /// What this call has to meet, if anything; it is counted down.
    fn for_call(&self, method: &str, path: &str) -> Option<Fault> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |planned: &&mut Planned| {
            planned.times > 0 && planned.path == path && planned.method.as_deref().is_none_or(|one| one == method)
        };
        let planned = all.iter_mut().find(fits)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        all.retain(|planned| planned.times > 0);
        Some(fault)
    }
}

/// Lets the call meet what was planned for it.
pub(crate) async fn meet(State(app): State<App>, request: Request, next: Next) -> Response {
    let fault = app.bench.faults.for_call(request.method().as_str(), request.uri().path());
    let mut response = answer(&app, fault, request, next).await;
    close_if_needed(&app, &mut response);
    response
}

/// Has the connection closed after this answer while one is going to be broken.
pub(crate) fn close_if_needed(app: &App, response: &mut Response) {
    if app.bench.faults.breaks_one() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}

async fn answer(app: &App, fault: Option<Fault>, request: Request, next: Next) -> Response {
    match fault {
        None => next.run(request).await,
        Some(Fault::Delay { seconds }) => {
            tokio::time::sleep(Duration::try_from_secs_f64(seconds).unwrap_or_default()).await;
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
            page::error(status, "Something is wrong", "The org was asked to answer like this.")
        }
        Some(Fault::RateLimit) => {
            let mut response = operation::refuse(app, &error::RATE_LIMIT.into());
            let reset = {
                let org = app.org();
                org.clock.now().after(Duration::from_mins(1)).seconds_rounded_up()
            };
            let headers = response.headers_mut();
            headers.insert("x-rate-limit-limit", 600.into());
            headers.insert("x-rate-limit-remaining", 0.into());
            headers.insert("x-rate-limit-reset", reset.into());
            response
        }
        Some(Fault::Truncate) => truncated(next.run(request).await).await,
    }
}

async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() / 2)))
}
