//! Planned faults: the next N requests of a method and path fail in a given way, before or after they
//! reach the org. This file has the middleware.
//!
//! Not here: the kinds (`kind.rs`), what they do (`happen.rs`, `body.rs`), what is planned (`planned.rs`).

mod body;
mod happen;
mod kind;
mod planned;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

pub use kind::{Fault, Name, Text};
pub(crate) use planned::Faults;
pub use planned::PlannedFault;

use super::App;

/// Applies the planned fault.
pub(crate) async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let faults = &app.tools.faults;
    // Before the fault is read: if the faults are removed in between, what is held is released all the same.
    let removed = faults.removed.subscribe();
    let fault = faults.for_call(request.method().as_str(), request.uri().path());
    let mut response = happen::respond(&app, fault, removed, request, next).await;
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

/// Closes the connection after this response while a break is planned.
pub(crate) fn close_if_needed(app: &App, response: &mut Response) {
    if app.tools.faults.break_is_planned() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}
