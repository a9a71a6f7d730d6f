//! The org as its clients meet it: a real server on a free port, its clock put forward instead of
//! waited for. One file per theme; `support.rs` has what they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod control;
mod enroll;
mod primary;
mod sessions;
mod support;
mod transport;
mod verify;
