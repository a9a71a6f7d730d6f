//! End-to-end tests of the hook: the real program, over HTTP, with an emulated org per test. Nothing is
//! mocked, and no test sleeps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(clippy::needless_pass_by_value, reason = "values created for the call are passed by value")]

mod account;
mod attacks;
#[path = "../../../emulator/tests/api/authenticator.rs"]
#[allow(dead_code, reason = "only parts are used here")]
mod authenticator;
mod description;
mod factors;
mod openid;
mod operation;
mod org_failures;
mod password_proof;
mod registration;
mod support;
mod upgrade;
