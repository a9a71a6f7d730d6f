//! How does it look? A view for every step. Not here: fetching, timers, navigation, or a rule about what happens next.
//!
//! Steps are plain functions from data to markup: `start` has those of the first form, `transaction` those of every
//! other state, `manage` those of factor management. `factors` has what they share about factors, `form` the controls.
//! What is typed lives in the form alone and is read by name when it is submitted (`form/values.rs`), so only what must
//! remember something between two renders is a component of its own.
#![allow(clippy::unnecessary_wraps, reason = "a function that reads a form has the type `Read`")]

mod context;
mod factors;
mod form;
pub(crate) mod manage;
mod parts;
pub(crate) mod start;
mod status_pages;
pub(crate) mod transaction;

pub use context::{NoticeText, ViewOptions, Widget};
