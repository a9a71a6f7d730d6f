//! The state machines of a sign-in: what happens next? Events and the time go in, a screen and effects come out.
//!
//! | machine | shows | completes with |
//! |---|---|---|
//! | [`StartMachine`] | the form for user name and password, and the session that exists already | a [`Handoff`] |
//! | [`TransactionMachine`] | every other state of the transaction, recovery and registration | a [`ReturnToStart`] |
//! | [`ManageFactors`] | the factors of a person who is signed in | nothing |
//! | [`TokenFlow`](tokens::TokenFlow) | nothing: tokens from a session token | tokens, or why there are none |
//! | [`SignInMachine`] | the first two, joined, for programs that load nothing later | nothing |
//!
//! Each owns a `Core` (`core.rs`), which does what all machines do: one request at a time, timers, polling, pauses,
//! retries. Each step is a type with its own data; leaving a step drops the data.
//!
//! What all machines promise:
//! - The org's response decides the step. A response that comes too late decides nothing.
//! - One request at a time speaks for the transaction, so nothing is submitted twice.
//! - A password or a code is sent once for each press of a button, and never again by itself. The only exception: a
//!   person who registers is signed in at once with the password just chosen.
//! - Tokens go to the org's own API, to the session redirect, to the configured hook, or to the page's callback.
//! - There is always a way back.
//!
//! Not here: I/O, a clock, a browser, a text that people read.

mod apart;
pub mod code;
mod core;
pub mod countdown;
pub mod discovery;
pub mod effect;
pub mod event;
pub mod factor_method;
mod failure;
pub mod handoff;
pub mod hook;
pub mod hook_operation;
mod leaving;
pub mod manage;
pub mod notice;
mod phone;
pub mod poll;
mod preparing;
pub mod redirect;
pub mod screen;
pub mod settings;
mod sign_in;
mod sign_in_event;
pub mod start;
mod telling;
pub mod ticket;
mod timers;
pub mod tokens;
pub mod transaction;

pub use apart::Apart;
pub use effect::{Effect, Navigation, PageRequest, SignInResult};
pub use event::{Event, Intent, ManageIntent, RegistrationIntent};
pub use handoff::{Handoff, HandoffTo, ReturnToStart};
pub use hook_operation::HookOperation;
pub use leaving::Leaving;
pub use manage::ManageFactors;
pub use notice::{FieldName, HookNotice, Notice, NoticeKind, Retry, Severity};
pub use phone::{PhoneEntry, PhoneProblem};
pub use preparing::username_operation;
pub use redirect::RedirectUrl;
pub use screen::{Screen, ScreenVersion};
pub use settings::{AfterSuccess, ExistingSession, RedirectMethod, Resume, Settings};
pub use sign_in::{SignInMachine, Step};
pub use sign_in_event::{Failure, SignInEvent, Success, SuccessKind, Summary};
pub use start::{StartMachine, StartStep};
pub use ticket::{Purpose, Ticket};
pub use transaction::{TransactionMachine, TransactionStep};

/// The README's example is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
