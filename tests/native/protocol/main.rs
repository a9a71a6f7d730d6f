//! What the parser makes of the fixtures. Needs no Yew and no browser: it runs without default features.

#![allow(missing_docs, unreachable_pub, reason = "a test is not a library")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../fixtures.rs"]
mod fixtures;

mod errors;
mod factors;
mod malformed;
mod transactions;
