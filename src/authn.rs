//! What did the org say? Okta's classic authentication transaction, as types.
//!
//! Here live the protocol's words: transactions and their states, factors, links, tokens, errors, and
//! the requests that follow a link. Never here: IO, a clock, a browser, a text that people read, or a
//! decision about what happens next (that is [`crate::flow`]).
//!
//! ```text
//! name + password ──> MFA_REQUIRED ──verify──> MFA_CHALLENGE ──proof──┐
//!        │                  └─────────────proof (code, answer)────────┤
//!        ├──────────> MFA_ENROLL ──enroll──> MFA_ENROLL_ACTIVATE ─────┤
//!        │                 ^  └──skip──────────────┐   (prev: back)   │
//!        │                 └── optional ones left ─┼──────────────────┤
//!        ├──────────> LOCKED_OUT                   │                  │
//!        └──────────> SUCCESS <────────────────────┴──────────────────┘
//! ```
//!
//! Read in this order: [`transaction`] (the answer), [`factor`], [`links`] (what may be done next and
//! where a request may go), [`request`] (what is sent), [`error`], [`session`], and [`wire`] below them
//! all (JSON without opinions). "Contract" in the documentation means the working contract of Okta's
//! classic Authentication API that this project is built from.

pub mod activation;
mod base64;
pub mod consent;
pub mod error;
pub mod factor;
pub mod factor_kind;
pub mod links;
pub(crate) mod open_enum;
pub mod policy;
pub mod reader;
pub mod request;
pub mod secret;
pub mod session;
pub mod state;
pub mod timestamp;
pub mod transaction;
pub mod url;
pub mod webauthn;
pub mod wire;

pub use activation::{Activation, Challenge, Duo};
pub use consent::{Scope, Target};
pub use error::{Answer, ApiError, AuthnError, ErrorCode, TransportError};
pub use factor::Factor;
pub use factor_kind::FactorKind;
pub use links::{Link, Links, Org, UntrustedLink};
pub use policy::{PasswordPolicy, RememberDevice};
pub use request::{Method, Request};
pub use secret::{
    ActivationToken, DuoSignature, Passcode, Password, RecoveryToken, SecurityAnswer, SessionToken, SharedSecret,
    StateToken,
};
pub use session::Session;
pub use state::{Channel, DeviceActivation, State};
pub use timestamp::Millis;
pub use transaction::{Envelope, FactorResult, RecoveryType, Status, Transaction};
pub use webauthn::{Ceremony, Credential, CredentialError};
