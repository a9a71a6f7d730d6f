//! What the parser reads from the fixtures in the folder `tests/fixtures` of the repository. Not here: Yew, or a browser.

#![allow(missing_docs, unreachable_pub, reason = "a test is not a library")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod fixtures;

mod discovery;
mod errors;
mod factors;
mod malformed;
mod members;
mod requests;
mod transactions;
