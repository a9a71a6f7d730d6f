//! An Okta-compatible classic org on one's own machine: users, factors, policies and sessions in
//! memory, served over HTTP for demos and tests. It is written from the API's contract and shares
//! no type with the widget, so that a test between the two is worth something.
//!
//! Where to start reading: `authn.rs` (what a sign-in goes through), `org.rs` (the state),
//! `http.rs` (which path is which operation), `seed.rs` (the file it starts from).
//!
//! What never happens here: a call to anything outside this machine, and a decision that reads the
//! clock or a request's headers by itself.

mod admin;
mod authn;
mod call;
mod control;
mod error;
mod http;
mod org;
mod picture;
mod qr;
mod random;
mod registration;
mod seed;
mod server;
mod sessions;
mod state_file;
mod time;
mod wire;

pub use seed::{SampleUser, Seed, SeedError};
pub use server::{Emulator, Options, StartError};
