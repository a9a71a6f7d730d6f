//! The hook as browsers, attackers and operators meet it: the real program, over HTTP, before an emulated org
//! of its own for each test. Nothing is mocked, and no test waits for time to pass.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(clippy::needless_pass_by_value, reason = "what is made in the call is best handed over")]

mod account;
mod attacks;
#[path = "../../../emulator/tests/api/authenticator.rs"]
#[allow(dead_code, reason = "it knows more than is asked here")]
mod authenticator;
mod description;
mod factors;
mod operating;
mod registration;
mod support;
mod trouble;
