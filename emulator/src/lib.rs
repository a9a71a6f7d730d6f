//! An emulator of an Okta classic org for demos and tests: users, factors, policies and sessions in
//! memory, served over HTTP. It is written from docs/authn-api.md and shares no type with the widget, so
//! that a test with both can find a mistake in either.
//!
//! Where to start reading: `authn.rs` (states of a sign-in), `org.rs` (the state of the org), `http.rs` (the
//! routes), `openid.rs` (OpenID Connect), `seed.rs` (the configuration file), `record.rs` (a proxy
//! that records a real org), `doctor.rs` (what a page needs of a real org).
//!
//! For tests in Rust it is a library: see [`Emulator`]. The page about that is compiled and run as a test.
//!
//! Not here: calls to another machine, except in `record` and `doctor`, and operations that read the clock or request
//! headers themselves.

mod admin;
mod authn;
mod call;
mod control;
mod doctor;
mod error;
mod http;
#[cfg(feature = "in-process")]
mod in_process;
mod openid;
mod org;
mod outward;
mod picture;
mod qr;
mod random;
mod record;
mod registration;
mod saml;
mod seed;
mod server;
mod sessions;
mod state_file;
mod time;
mod wire;

pub use control::{
    ControlError, Counts, CreatedTransaction, CurrentCode, NewTransaction, OrgUser, PhoneAction, PhoneButton,
    TrustedPage, UserChange, WaitingPush,
};
pub use doctor::{DoctorError, DoctorOptions, Finding, Report, Verdict, examine};
pub use http::{
    faults::{Fault, Name as HeaderName, PlannedFault, Text as HeaderText},
    journal::Entry as JournalEntry,
};
#[cfg(feature = "in-process")]
pub use in_process::InProcess;
pub use org::{
    Switches,
    engine::Engine,
    outbox::{Channel, Message},
};
pub use record::{RecordCounts, RecordError, RecordOptions, Recorder};
pub use seed::{SampleUser, Seed, SeedError, configuration_schema};
pub use server::{Builder, Emulator, StartError, Tls};

/// The code of the page is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/emulator/rust.md")]
struct RustPage;
