//! What happens next? Decisions, as a pure machine: events in, effects out.
//!
//! Here live the steps a person sees, and every rule about moving between them. Never here: IO, a clock,
//! a browser, a text that people read. Time comes in with each event; whatever must be done goes out as
//! an [`Effect`] and comes back as an [`Event`].
//!
//! Promises of the [`Machine`]:
//! - the org's answer decides the step; an answer that came too late decides nothing;
//! - one request at a time speaks for the transaction, so nothing is submitted twice;
//! - a password or code is sent once per press of a button, never again by itself; only who signs up is
//!   signed in at once with the password just chosen;
//! - tokens go to the org's own API, to the session redirect, to the configured hook, or to the callback the
//!   page asked for;
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
mod exchange;
mod failure;
pub mod hand_on;
pub mod hook;
pub mod machine;
mod moves;
pub mod my_factors;
pub mod notice;
pub mod password;
pub mod poll;
mod primary;
mod recovery;
pub mod redirect;
pub mod register;
mod resume;
mod session;
pub mod settings;
pub mod step;
mod success;
mod verify;
pub mod way;

pub use effect::{Effect, HandOver, Navigation, PageAsked};
pub use event::{Event, Intent, Manage, Purpose, SignUp, Ticket};
pub use hand_on::{Onward, OnwardTo};
pub use hook::{Asked, HookNotice};
pub use machine::{Machine, Screen};
pub use my_factors::MyFactors;
pub use notice::{FieldName, Notice, NoticeKind, Retry, Severity};
pub use redirect::RedirectUrl;
pub use settings::{AfterSuccess, ExistingSession, RedirectMethod, Resume, Settings};
pub use step::Step;
