//! A sign-in on its way: what was proved, what it was asked to do, and where it stands. Where it
//! goes next is decided in `authn`.

use super::{app::Target, factor::Factor, outbox::Channel, push::Push, session::known_amr, user::UserId};
use crate::{
    error::{self, ApiError},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A transaction.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub(crate) token: String,
    pub(crate) expires: Moment,
    /// None as long as no one proved to be anyone.
    pub(crate) who: Option<UserId>,
    pub(crate) purpose: Purpose,
    pub(crate) options: Options,
    pub(crate) relay_state: Option<String>,
    /// The origin of the page that runs it: where the browser comes back to.
    pub(crate) page: Option<String>,
    /// How the user proved to be who it is, as `amr` has it.
    #[serde(deserialize_with = "known_amr")]
    pub(crate) amr: Vec<&'static str>,
    /// How many factors were proved.
    pub(crate) factors_proved: usize,
    /// Whether a factor was enrolled on the way.
    pub(crate) enrolled: bool,
    /// What was done and need not be asked again.
    pub(crate) done: Done,
    pub(crate) state: State,
}

/// Why it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    SignIn,
    /// For an application, which the browser goes back to.
    StepUp(Target),
    Recovery(RecoveryType),
    /// A device without a keyboard waits for it, and not for ever.
    Device {
        user_code: String,
        until: Moment,
    },
}

/// What is recovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RecoveryType {
    Password,
    Unlock,
    Activation,
}

/// What the client asked for at the beginning.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Options {
    /// To come back to the list after each factor.
    pub(crate) multi_optional_factor_enroll: bool,
    /// To hear of a password that will expire.
    pub(crate) warn_before_password_expired: bool,
}

/// What the user put off or went through.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "steps, each done or not")]
pub(crate) struct Done {
    pub(crate) password_warning: bool,
    pub(crate) enrolment: bool,
    pub(crate) consent: bool,
    /// The user did not consent, and a device waits to hear of it.
    pub(crate) denied: bool,
    pub(crate) waiting: bool,
}

/// Where a transaction stands.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum State {
    /// Waits for credentials, or for a factor of a user who has no password.
    Unauthenticated,
    PasswordExpired,
    PasswordWarn {
        days_left: u32,
    },
    PasswordReset,
    /// Waits for the answer to the recovery question.
    Recovery,
    /// Waits for the code that was sent, if the user exists.
    RecoveryChallenge {
        channel: Channel,
    },
    MfaRequired,
    MfaChallenge {
        asked: Asked,
        awaited: Awaited,
    },
    MfaEnroll {
        may_skip: bool,
    },
    MfaEnrollActivate(Box<Enrolment>),
    Consent {
        admin: bool,
    },
    Poll {
        until: Moment,
    },
    DeviceActivate,
    /// Something happened elsewhere; the next request finds out what is owed now.
    Resume,
    /// Done; the browser has to go on to where it came from.
    Success,
}

/// What is to be proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Asked {
    /// This factor.
    Factor(String),
    /// Any factor of this type.
    Type(String),
}

/// A factor that is being enrolled.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Enrolment {
    pub(crate) factor: Factor,
    pub(crate) awaited: Awaited,
    /// Whether the list it came from could be put off.
    pub(crate) may_skip: bool,
    pub(crate) wrong_tries: u32,
}

/// What the org waits for.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Awaited {
    /// A code that was sent or that an app shows.
    Code { qr: Option<String> },
    /// An answer from the phone.
    Push(Push),
    /// The app on a phone that has not been set up yet.
    NewApp(NewApp),
    /// A signature of a security key over this.
    Signature { challenge: String },
    /// Duo's word.
    Duo { nonce: String, approved: bool },
    /// The browser's return from an identity provider.
    Return { key: String, failed: Option<String> },
}

/// The enrolment of an app.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct NewApp {
    /// What the address of its QR picture ends with.
    pub(crate) qr: String,
    pub(crate) expires: Moment,
    pub(crate) set_up: bool,
    pub(crate) timed_out: bool,
}

impl Transaction {
    /// The user; there is none in the states before anything was proved.
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
