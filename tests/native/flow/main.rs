//! The machine, played as events: what it promises in `flow`, without a browser, a network or a wait.
//!
//! A play is a list of turns (see `stage`), each with the line it must lead to (see `transcript`). The
//! answers are built by hand from the contract (see `answers`). Beside the plays, `any` lets anything
//! happen in any order and looks at what must never be broken.
#![cfg(not(feature = "first-form"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod answers;
#[cfg(not(target_arch = "wasm32"))]
mod any;
mod asked_for;
mod devices;
mod enroll;
mod factors;
mod hook;
mod links;
mod my_factors;
mod password;
mod primary;
mod push;
mod recovery;
mod register;
mod resume;
mod rules;
mod scenes;
mod session;
mod setting_up;
mod stage;
mod states;
mod transcript;
mod transitions;
mod trouble;
