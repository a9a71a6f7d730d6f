//! Two hooks behind a real proxy, with a real store for their rate limits: HAProxy as `deploy/haproxy.cfg` sets it up, and
//! Redis. `cargo xtask cluster` installs both and runs these tests; by themselves they are ignored.
//!
//! Not here: what one hook does (`tests/hook`), and decisions that need no program (`src/limits`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(clippy::needless_pass_by_value, reason = "values created for the call are passed by value")]

mod cluster;
mod forwarded;
mod keys;
mod killed;
mod limits;
mod load;
#[allow(unreachable_pub, reason = "a file of a library, too")]
#[path = "../../../tests/e2e/src/ports.rs"]
mod ports;
mod programs;
mod restart;
mod store;
#[path = "../hook/support.rs"]
#[allow(dead_code, reason = "only parts are used here")]
mod support;
mod tls;
