//! The real widget in a real page, with fakes for everything around it: what only a browser shows. Not here: what the
//! machines decide, which is tested natively, or a whole sign-in with an org, which is tested end to end.
//!
//! Runs in a headless browser by `cargo xtask test`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod choices;
mod discovery;
mod embedding;
mod events;
mod fakes;
mod fields;
mod focus;
mod handoff;
mod hook;
mod page;
mod polling;
mod requests;
#[path = "../../crates/sign-in-flow/tests/flow/responses.rs"]
#[allow(dead_code, reason = "shared with the tests of the machines")]
mod responses;
#[path = "../../crates/sign-in-flow/tests/flow/states.rs"]
#[allow(dead_code, reason = "shared with the tests of the machines")]
mod states;
mod tokens;
mod webauthn;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
