//! An operation as the handler of a method.

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
