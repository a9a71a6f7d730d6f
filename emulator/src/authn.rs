//! The authentication API: one function per operation, each of which reads one request and changes
//! the org's state. [`progress`] alone decides which state comes next.
//!
//! ```text
//! credentials -> MFA_REQUIRED -> MFA_CHALLENGE -> PASSWORD_EXPIRED -> PASSWORD_WARN
//!             -> MFA_ENROLL -> MFA_ENROLL_ACTIVATE -> POLL -> CONSENT_REQUIRED -> PROFILE_REQUIRED
//!             -> SUCCESS                               (what applies, in this order)
//! ```

pub(crate) mod begin;
pub(crate) mod consent;
pub(crate) mod duo;
pub(crate) mod enroll;
pub(crate) mod federation;
pub(crate) mod identity_provider;
pub(crate) mod message;
pub(crate) mod navigate;
pub(crate) mod new_factor;
pub(crate) mod password;
pub(crate) mod primary;
pub(crate) mod profile;
pub(crate) mod progress;
pub(crate) mod proof;
pub(crate) mod push;
pub(crate) mod recovery;
pub(crate) mod smart_card;
pub(crate) mod start;
pub(crate) mod verify;
