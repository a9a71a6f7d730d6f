//! The transaction (contract 1.2 and 1.6): an envelope every answer has, and a state with its data. The
//! conversion from JSON is the only place that says which state needs which member; it fails with the
//! path of the member. Never here: what is shown or sent.

use super::factor::Factor;
use super::links::Links;
use super::open_enum::open_enum;
use super::policy::RememberDevice;
use super::secret::{SessionToken, StateToken};
use super::timestamp::{self, Millis};
use super::wire::{DecodeError, Decoded, Value};

open_enum! {
    /// `status`: the word the whole answer hangs on (contract 1.6).
    Status {
        /// Name and password are wanted.
        Unauthenticated = "UNAUTHENTICATED",
        /// The password expires soon.
        PasswordWarn = "PASSWORD_WARN",
        /// The password must be changed.
        PasswordExpired = "PASSWORD_EXPIRED",
        /// A new password must be set.
        PasswordReset = "PASSWORD_RESET",
        /// A recovery question is asked.
        Recovery = "RECOVERY",
        /// A recovery code was sent.
        RecoveryChallenge = "RECOVERY_CHALLENGE",
        /// The account is locked.
        LockedOut = "LOCKED_OUT",
        /// Factors may or must be set up.
        MfaEnroll = "MFA_ENROLL",
        /// A factor waits to be proved for the first time.
        MfaEnrollActivate = "MFA_ENROLL_ACTIVATE",
        /// A factor must be proved.
        MfaRequired = "MFA_REQUIRED",
        /// A challenge was sent and waits for its proof.
        MfaChallenge = "MFA_CHALLENGE",
        /// Signed in.
        Success = "SUCCESS",
    }
}

/// What every answer may have, whatever its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The state's name.
    pub status: Status,
    /// The newest state token; absent when the transaction is over.
    pub state_token: Option<StateToken>,
    /// End of the state token's or session token's life.
    pub expires_at: Option<Millis>,
    /// Whose transaction this is, once the first credential was proved.
    pub user: Option<User>,
    /// What may be done next.
    pub links: Links,
}

/// The user, as far as an unfinished transaction tells (contract 1.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Okta's id.
    pub id: Option<String>,
    /// Sign-in name.
    pub login: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
}

impl User {
    fn read(value: &Value) -> Decoded<Self> {
        let profile = |name: &str| {
            let member = value.optional("profile", |profile| profile.optional(name, Value::text));
            member.map(Option::flatten)
        };
        Ok(Self {
            id: value.optional("id", Value::text)?,
            login: profile("login")?,
            first_name: profile("firstName")?,
            last_name: profile("lastName")?,
        })
    }
}

/// One state with its data.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Choose and prove a factor.
    MfaRequired {
        /// The enrolled factors; the first is the default (contract 1.9).
        factors: Vec<Factor>,
        /// Whether this device may be remembered.
        remember_device: Option<RememberDevice>,
    },
    /// Prove the factor in work.
    MfaChallenge {
        /// The factor that was challenged.
        factor: Box<Factor>,
        /// Whether this device may be remembered.
        remember_device: Option<RememberDevice>,
    },
    /// Set up factors.
    MfaEnroll {
        /// All factors the policy names, done or not.
        factors: Vec<Factor>,
    },
    /// Prove the factor that is being set up.
    MfaEnrollActivate {
        /// The factor in work.
        factor: Box<Factor>,
    },
    /// The account is locked and the org says so.
    LockedOut,
    /// Signed in.
    Success {
        /// To be exchanged for a session cookie; absent where a link leads on instead.
        session_token: Option<SessionToken>,
    },
    /// A state without a screen of its own here. Its envelope still offers the ways back.
    Other,
}

/// One answer of the authentication API.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What every answer has.
    pub envelope: Envelope,
    /// What this state adds.
    pub state: State,
}

impl TryFrom<&Value> for Transaction {
    type Error = DecodeError;

    fn try_from(body: &Value) -> Decoded<Self> {
        let status = body.object()?.required("status", Value::text)?;
        let envelope = Envelope {
            status: Status::from(status.as_str()),
            state_token: body.optional("stateToken", Value::text)?.map(StateToken::new),
            expires_at: body.optional("expiresAt", date)?,
            user: body.optional("_embedded", |embedded| embedded.optional("user", User::read))?.flatten(),
            links: Links::of(body)?,
        };
        let state = State::read(&envelope.status, body)?;
        Ok(Self { envelope, state })
    }
}

impl State {
    fn read(status: &Status, body: &Value) -> Decoded<Self> {
        Ok(match status {
            Status::MfaRequired => {
                Self::MfaRequired { factors: embedded(body, factors)?, remember_device: remember_device(body)? }
            }
            Status::MfaChallenge => {
                Self::MfaChallenge { factor: embedded(body, challenged)?, remember_device: remember_device(body)? }
            }
            Status::MfaEnroll => Self::MfaEnroll { factors: embedded(body, factors)? },
            Status::MfaEnrollActivate => Self::MfaEnrollActivate { factor: embedded(body, factor_in_work)? },
            Status::LockedOut => Self::LockedOut,
            Status::Success => {
                Self::Success { session_token: body.optional("sessionToken", Value::text)?.map(SessionToken::new) }
            }
            _ => Self::Other,
        })
    }
}

fn date(value: &Value) -> Decoded<Millis> {
    match timestamp::parse(&value.text()?) {
        Some(millis) => Ok(millis),
        None => value.expected("a date like 2015-11-03T10:15:57.000Z"),
    }
}

fn embedded<T>(body: &Value, read: impl FnOnce(&Value) -> Decoded<T>) -> Decoded<T> {
    body.required("_embedded", read)
}

/// The list is `factors` everywhere but in the present reference page, which prints `factor` (contract
/// part 3, 1). Both are read.
fn factors(embedded: &Value) -> Decoded<Vec<Factor>> {
    match (embedded.get("factors"), embedded.get("factor")) {
        (None, Some(Value::List(_))) => embedded.required("factor", |list| list.each(Factor::read)),
        _ => embedded.required("factors", |list| list.each(Factor::read)),
    }
}

fn factor_in_work(embedded: &Value) -> Decoded<Box<Factor>> {
    embedded.required("factor", |factor| Factor::read(factor).map(Box::new))
}

/// A challenge by factor type lists the allowed instances instead of the one in work (contract 1.11); the
/// first stands for them.
fn challenged(embedded: &Value) -> Decoded<Box<Factor>> {
    let by_type = embedded.get("factors").is_some() || matches!(embedded.get("factor"), Some(Value::List(_)));
    if !by_type {
        return factor_in_work(embedded);
    }
    match factors(embedded)?.into_iter().next() {
        Some(factor) => Ok(Box::new(factor)),
        None => embedded.required("factors", |list| list.expected("a list of at least one factor")),
    }
}

fn remember_device(body: &Value) -> Decoded<Option<RememberDevice>> {
    let policy = |embedded: &Value| embedded.optional("policy", RememberDevice::read);
    Ok(body.optional("_embedded", policy)?.flatten().flatten())
}
