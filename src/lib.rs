//! A sign-in widget for Okta classic orgs.
//!
//! Five floors, each knowing only the ones above it in this list:
//!
//! 1. [`authn`]: what did the org say?
//! 2. [`flow`]: what happens next? Start reading at [`flow::machine`].
//! 3. `effects`: how is it done in a browser?
//! 4. `components`: how does it look?
//! 5. `embed`: how does it get onto a page?
//!
//! Beside `authn` stands [`hook`], what the page owner's server said.
//!
//! The first two know no browser and no Yew; the feature `ui`, on by default, brings the rest.

pub mod authn;
pub mod config;
pub mod flow;
pub mod hook;
pub mod text;

#[cfg(feature = "ui")]
pub mod components;
#[cfg(feature = "ui")]
pub mod effects;
#[cfg(feature = "ui")]
pub mod embed;
