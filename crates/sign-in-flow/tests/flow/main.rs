//! The machines of `sign_in_flow`, driven by events: without a browser, a network or a wait.
//!
//! A run is a list of inputs (see `harness`) and the transcript that they must lead to (see `transcript`). With
//! `UPDATE_EXPECT=1`, the tests write the expected transcripts themselves. The responses are built by hand from the
//! contract (see `responses`, `states`, `hook`). Besides, `any` feeds random events in any order, and checks after each
//! what must never be broken. Not here: requests that are sent, or texts that people read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes its strings like this")]

#[cfg(not(target_arch = "wasm32"))]
mod any;
#[cfg(not(target_arch = "wasm32"))]
mod any_manage;
mod app_requests;
mod clock;
mod confirm;
mod devices;
mod discovery;
mod enroll;
mod enroll_forms;
mod error_table;
mod errors;
mod factors;
mod harness;
mod hook;
mod leaving;
mod links;
mod manage;
mod password;
mod polling;
mod primary;
mod profile;
mod push;
mod reachable;
mod recovery;
mod registration;
mod responses;
mod resume;
mod rules;
mod secrets;
mod session;
mod settings;
mod sign_in_events;
mod situations;
mod start;
mod states;
mod token_steps;
mod tokens;
mod transcript;
mod transition_table;
mod transitions;
mod typing;
mod user_name;
