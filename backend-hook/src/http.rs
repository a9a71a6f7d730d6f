//! HTTP: the routes of the operations, and the middleware for every request. Not here: what an operation does
//! (`operations`).

mod body;
mod caller;
mod gate;
mod headers;
pub mod internal;

use std::sync::LazyLock;

use axum::{
    Router, middleware,
    routing::{MethodRouter, delete, get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

pub use caller::{Caller, FactorId};
pub use gate::{Client, Peer};

use crate::{
    hook::Shared,
    operations::{credentials, factors, proof, redirect, registration, session},
    problem::{Code, Problem},
};

/// Where a browser comes to begin a session by OpenID Connect.
const START: &str = "/session/start";
/// Where the org sends it back to.
const CALLBACK: &str = "/session/callback";

/// Every operation: method, path, handler.
fn operations() -> Vec<(&'static str, &'static str, MethodRouter<Shared>)> {
    vec![
        ("GET", "/registration", get(registration::form)),
        ("POST", "/registration", post(registration::register)),
        ("POST", "/session", post(session::open)),
        ("GET", "/session", get(session::read)),
        ("DELETE", "/session", delete(session::close)),
        ("GET", START, get(redirect::start)),
        ("GET", CALLBACK, get(redirect::callback)),
        ("DELETE", "/sessions", delete(session::close_all)),
        ("GET", "/factors", get(factors::list::factors)),
        ("GET", "/factors/catalog", get(factors::list::catalog)),
        ("GET", "/factors/questions", get(factors::list::questions)),
        ("POST", "/factors", post(factors::enroll::enroll)),
        ("POST", "/factors/{id}/activate", post(factors::enroll::activate)),
        ("POST", "/factors/{id}/resend", post(factors::enroll::resend)),
        ("POST", "/factors/{id}/verify", post(factors::verify::verify)),
        ("GET", "/factors/{id}/transactions/{transaction}", get(factors::verify::transaction)),
        ("DELETE", "/factors/{id}", delete(factors::remove::remove)),
        ("POST", "/proof", post(proof::password)),
        ("POST", "/password", post(credentials::change_password)),
        ("POST", "/recovery-question", post(credentials::change_question)),
    ]
}

/// Methods and paths of all operations, for tests against the description.
pub fn paths() -> &'static [(&'static str, &'static str)] {
    static PATHS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| operations().into_iter().map(|(method, path, _)| (method, path)).collect());
    &PATHS
}

/// The routes for browsers.
pub fn router(hook: &Shared) -> Router {
    operations()
        .into_iter()
        .fold(Router::new(), |router, (_, path, operation)| router.route(path, operation))
        .route_layer(middleware::from_fn(gate::name_path))
        .fallback(async || Problem::from(Code::NotFound))
        .method_not_allowed_fallback(async || Problem::from(Code::MethodNotAllowed))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(hook.clone(), gate::check))
        .with_state(hook.clone())
}

/// The text of a panic may contain anything, so it is not returned; its location is on standard error.
fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(Problem::from(Code::Failed))
}
