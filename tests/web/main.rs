//! The real widget in a real page, with the outside world faked: what only a browser shows. What the machine
//! decides is tested natively; what a person goes through, with a real org, in the journeys.
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

#[path = "../native/flow/answers.rs"]
#[allow(dead_code, reason = "shared with the machine's tests")]
mod answers;
mod embedding;
mod fields;
mod focus;
mod hook;
mod outside;
mod page;
mod polling;
mod requests;
mod taking_over;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
