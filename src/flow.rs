//! What happens next? Decisions, as a pure machine: events in, effects out.
//!
//! Here live the steps a person sees, and every rule about moving between them. Never here: IO, a clock,
//! a browser, a text that people read. Time comes in with each event; whatever must be done goes out as
//! an [`Effect`] and comes back as an [`Event`].
//!
//! Promises of the [`Machine`]:
//! - the org's answer decides the step; an answer that came too late decides nothing;
//! - one request at a time speaks for the transaction, so nothing is submitted twice;
//! - a password or code is sent once per press of a button, never again by itself;
//! - tokens go to the org's own API, to the session redirect, or to the callback the page asked for;
//! - there is always a way back.
//!
//! Start with [`machine`]; each sub-flow has a file of its own beside it.

mod ceremony;
mod clock;
mod consent;
pub mod countdown;
pub mod effect;
mod enroll;
pub mod event;
mod failure;
pub mod hand_on;
pub mod machine;
mod moves;
pub mod notice;
pub mod password;
pub mod poll;
mod primary;
mod recovery;
pub mod redirect;
mod resume;
mod session;
pub mod settings;
pub mod step;
mod success;
mod verify;
pub mod way;

pub use effect::{Effect, HandOver, Navigation};
pub use event::{Event, Intent, Purpose, Ticket};
pub use hand_on::{Onward, OnwardTo};
pub use machine::{Machine, Screen};
pub use notice::{FieldName, Notice, NoticeKind, Retry, Severity};
pub use redirect::RedirectUrl;
pub use settings::{AfterSuccess, ExistingSession, RedirectMethod, Resume, Settings};
pub use step::Step;
