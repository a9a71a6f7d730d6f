//! The client of the org: one module per topic. Responses are typed, and only typed members are used. Not here:
//! whether a caller may do something (`operations`).

pub mod authn;
mod client;
pub mod engine;
mod error;
pub mod factors;
pub mod oauth;
pub mod policies;
pub mod sessions;
pub mod users;

pub use client::{Client, Settings, Transport};
pub use error::{OrgError, Refusal};
