//! The org as its clients meet it: a real server on a free port, its clock put forward instead of
//! waited for. One file per theme; `support.rs` has what they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod admin_factors;
mod admin_users;
mod authenticator;
mod control;
mod discovery;
mod enroll;
mod okta_verify;
mod passwords;
mod primary;
mod security_keys;
mod sessions;
mod states;
mod support;
mod tokens;
mod transport;
mod verify;
