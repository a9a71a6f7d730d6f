//! Turns an operation into the handler of an HTTP method.

use axum::{
    extract::{Request, State},
    routing::{self, MethodRouter},
};

use super::{
    App,
    operation::{Operation, Params, perform},
};

macro_rules! methods {
    ($($name:ident)+) => {$(
        pub(super) fn $name(operation: Operation) -> MethodRouter<App> {
            routing::$name(move |State(app): State<App>, params: Params, request: Request| {
                perform(app, operation, params, request)
            })
        }
    )+};
}

methods! { get post put delete }
