//! A sign-in on its way: what was proved, what it was asked to do, and where it stands. Where it
//! goes next is decided in `authn`.

use super::{factor::Factor, user::UserId};
use crate::time::Moment;

/// A transaction.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) token: String,
    pub(crate) expires: Moment,
    pub(crate) user: UserId,
    pub(crate) options: Options,
    pub(crate) relay_state: Option<String>,
    /// How the user proved to be who it is, as `amr` has it.
    pub(crate) amr: Vec<&'static str>,
    /// Factors proved or enrolled on the way.
    pub(crate) factors_proved: usize,
    /// Whether the enrolment of a factor was part of it.
    pub(crate) enrolled: bool,
    pub(crate) skipped: Skipped,
    pub(crate) state: State,
}

/// What the client asked for at the beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    /// To come back to the list after each factor.
    pub(crate) multi_optional_factor_enroll: bool,
    /// To hear of a password that will expire.
    pub(crate) warn_before_password_expired: bool,
}

/// What the user put off.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Skipped {
    pub(crate) password_warning: bool,
    pub(crate) enrolment: bool,
}

/// Where a transaction stands.
#[derive(Clone, Debug)]
pub(crate) enum State {
    PasswordExpired,
    PasswordWarn {
        days_left: u32,
    },
    MfaRequired,
    MfaChallenge {
        factor: String,
    },
    MfaEnroll {
        may_skip: bool,
    },
    MfaEnrollActivate {
        factor: Box<Factor>,
        /// What the address of its QR picture ends with.
        qr: Option<String>,
        /// Whether the list it came from could be put off.
        may_skip: bool,
    },
}
