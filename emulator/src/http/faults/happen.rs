//! What happens to a request with a fault.
//!
//! Not here: changes of the body (`body.rs`).

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tokio::sync::watch;

use super::{
    super::{App, BreakConnection, operation, page},
    body,
    kind::{Fault, Text},
};
use crate::error;

/// The length of time that a control call names; none where it is not one.
pub(super) fn time(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// The response to a request with this fault, or without one.
pub(super) async fn respond(
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
            tokio::time::sleep(time(seconds)).await;
            next.run(request).await
        }
        Some(Fault::Hold) => {
            // An error would mean that the server is going down.
            let _ended = removed.changed().await;
            next.run(request).await
        }
        Some(Fault::Hang) => std::future::pending().await,
        Some(fault @ (Fault::Status { .. } | Fault::RateLimit | Fault::Answer { .. } | Fault::Deep { .. })) => {
            // What is not read when the connection is closed makes the client lose the answer.
            let _read = to_bytes(request.into_body(), operation::MAX_BODY).await;
            in_place_of_the_org(app, fault)
        }
        Some(Fault::Drip { seconds }) => body::dripped(next.run(request).await, time(seconds)).await,
        Some(Fault::Reset) => broken(),
        Some(Fault::ResetMidway) => {
            let connection = request.extensions().get::<BreakConnection>().cloned();
            body::reset_midway(next.run(request).await, connection.unwrap_or_default()).await
        }
        Some(Fault::Lose) => {
            drop(next.run(request).await);
            broken()
        }
        Some(Fault::Twice) => twice(app, request, next).await,
        Some(Fault::Truncate) => body::truncated(next.run(request).await).await,
        Some(Fault::Large { bytes }) => body::enlarged(next.run(request).await, bytes).await,
        Some(Fault::Replace { pointer, value }) => body::replaced(next.run(request).await, &pointer, value).await,
        Some(Fault::Remove { pointer }) => body::without(next.run(request).await, &pointer).await,
    }
}

/// The response with which the org does not get the request.
fn in_place_of_the_org(app: &App, fault: Fault) -> Response {
    match fault {
        Fault::Status { status } => {
            page::error(status_of(status), "Something is wrong", "This response is a planned fault.")
        }
        Fault::Answer { status, content_type, body } => answer(status, content_type, body),
        Fault::Deep { levels } => body::deep(levels),
        _ => operation::refuse(app, &error::RATE_LIMIT.into()),
    }
}

/// Stands for the response where the connection is reset.
fn broken() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(BreakConnection::default());
    response
}

/// A status that a control call names.
fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn answer(status: u16, content_type: Option<Text>, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status_of(status);
    if let Some(content_type) = content_type {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type.into());
    }
    response
}

/// Nobody reads the first response.
async fn twice(app: &App, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, operation::MAX_BODY).await else {
        return operation::refuse(app, &error::NOT_WELL_FORMED.because("The body is too large or broke off."));
    };
    let first = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    drop(next.clone().run(first).await);
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}
