//! A transaction: its user, purpose, proofs and state.
//!
//! Not here: transitions between states (`authn`).

use super::{
    app::Target, factor::Factor, federation::SignedInAt, outbox::Channel, push::Push, session::known_amr, user::UserId,
};
use crate::{
    error::{self, ApiError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A transaction.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub(crate) token: String,
    pub(crate) expires: Timestamp,
    /// `None` until the user is identified.
    pub(crate) who: Option<UserId>,
    pub(crate) purpose: Purpose,
    pub(crate) options: Options,
    pub(crate) relay_state: Option<String>,
    /// The origin of the page, for redirects back to it.
    pub(crate) page: Option<String>,
    /// The methods that were proved, as `amr` values.
    #[serde(deserialize_with = "known_amr")]
    pub(crate) amr: Vec<&'static str>,
    /// The identity provider where the user signed in, if not in this org.
    #[serde(default)]
    pub(crate) provider: Option<SignedInAt>,
    /// How many factors were proved.
    pub(crate) factors_proved: usize,
    /// Whether a factor was enrolled in this transaction.
    pub(crate) enrolled: bool,
    /// Requirements that were met or skipped.
    pub(crate) done: Done,
    pub(crate) state: State,
}

/// What the transaction is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    SignIn,
    /// Step-up for an application, to which the browser returns.
    StepUp(Target),
    Recovery(RecoveryType),
    /// Activation of a device without a keyboard; it expires.
    Device {
        user_code: String,
        until: Timestamp,
    },
}

/// Type of recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RecoveryType {
    Password,
    Unlock,
    Activation,
}

/// Options of the primary request.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Options {
    /// Return to the list after each enrollment.
    pub(crate) multi_optional_factor_enroll: bool,
    /// Warn about a password that will expire.
    pub(crate) warn_before_password_expired: bool,
}

/// Requirements that the user met or skipped.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "steps, each done or not")]
pub(crate) struct Done {
    pub(crate) password_warning: bool,
    pub(crate) enrollment: bool,
    pub(crate) consent: bool,
    /// The user denied consent; reported to the waiting device.
    pub(crate) denied: bool,
    pub(crate) waiting: bool,
    /// The questions about the user were answered.
    #[serde(default)]
    pub(crate) profile: bool,
}

/// The state of a transaction.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum State {
    /// Waits for credentials, or for a factor in a passwordless sign-in.
    Unauthenticated,
    PasswordExpired,
    PasswordWarn {
        days_left: u32,
    },
    PasswordReset,
    /// Waits for the answer to the recovery question.
    Recovery,
    /// Waits for the recovery code, which is sent only if the user exists.
    RecoveryChallenge {
        channel: Channel,
    },
    MfaRequired,
    MfaChallenge {
        target: ChallengeTarget,
        awaited: Awaited,
    },
    MfaEnroll {
        may_skip: bool,
    },
    MfaEnrollActivate(Box<PendingEnrollment>),
    Consent {
        admin: bool,
    },
    Poll {
        until: Timestamp,
    },
    /// Waits for answers to questions about the user.
    Profile,
    DeviceActivate,
    /// Changed outside the page's requests; the next request computes the next state.
    Resume,
    /// Complete; the browser must be redirected to the application.
    Success,
}

/// What a challenge verifies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ChallengeTarget {
    /// The factor with this id.
    Factor(String),
    /// Any factor of this type.
    Type(String),
}

/// A factor that is being enrolled.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PendingEnrollment {
    pub(crate) factor: Factor,
    pub(crate) awaited: Awaited,
    /// Whether the enrollment can be skipped.
    pub(crate) may_skip: bool,
    pub(crate) wrong_tries: u32,
}

/// What a challenge or an activation waits for.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Awaited {
    /// A code that was sent or that an app shows.
    Code { qr: Option<String> },
    /// The answer to a push.
    Push(Push),
    /// The set-up of the app on a phone.
    NewApp(NewApp),
    /// A signature of a security key over this challenge.
    Signature { challenge: String },
    /// The response of Duo.
    Duo {
        nonce: String,
        approved: bool,
        /// `None` in older state files.
        #[serde(default)]
        expires: Option<Timestamp>,
    },
    /// The browser's return from an external identity provider.
    Return { key: String, failed: Option<String> },
}

/// The enrollment of Okta Verify.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct NewApp {
    /// The secret last part of the URL of its QR code.
    pub(crate) qr: String,
    pub(crate) expires: Timestamp,
    pub(crate) set_up: bool,
    pub(crate) timed_out: bool,
}

impl Transaction {
    /// Whether the user proved anything, here or at an identity provider.
    pub(crate) fn proved_anything(&self) -> bool {
        !self.amr.is_empty() || self.provider.is_some()
    }

    /// The user id, or an error if the user is not identified yet.
    pub(crate) fn user(&self) -> Result<&str, ApiError> {
        self.who.as_deref().ok_or_else(|| error::WRONG_STATE.into())
    }
}

impl RecoveryType {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::Unlock => "UNLOCK",
            Self::Activation => "ACCOUNT_ACTIVATION",
        }
    }
}
