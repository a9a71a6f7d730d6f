//! The org, as far as this server asks it: one module per topic, and one for how a request is made. What is
//! read is typed, and only what is read gets any further. Whether a caller may is not decided here.

pub mod authn;
mod client;
mod error;
pub mod factors;
pub mod policies;
pub mod sessions;
pub mod users;

pub use client::{Client, Settings};
pub use error::{OrgError, Refusal};
