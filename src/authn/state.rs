//! The states of a transaction with their data (contract 1.6). This is the only place that says which
//! state needs which member. Never here: what is shown or sent.

use super::activation::Challenge;
use super::consent::Scope;
use super::factor::Factor;
use super::open_enum::open_enum;
use super::policy::{self, PasswordPolicy, RememberDevice};
use super::secret::{RecoveryToken, SessionToken};
use super::timestamp::Millis;
use super::transaction::Status;
use super::wire::{Decoded, Value};

/// One state with its data.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Give name and password (a step-up), or prove a factor (no password).
    Unauthenticated {
        /// Where there is no password: the factors.
        factors: Vec<Factor>,
        /// Whether this device may be remembered.
        remember_device: Option<RememberDevice>,
    },
    /// The password expires soon.
    PasswordWarn(PasswordPolicy),
    /// The password must be changed.
    PasswordExpired(PasswordPolicy),
    /// A new password must be set.
    PasswordReset(PasswordPolicy),
    /// Redeem a recovery token, or answer a question.
    Recovery {
        /// The question in words.
        question: Option<String>,
        /// To be redeemed.
        token: Option<RecoveryToken>,
    },
    /// A recovery code was sent.
    RecoveryChallenge {
        /// How.
        channel: Channel,
    },
    /// The account is locked and the org says so.
    LockedOut,
    /// Choose and prove a factor.
    MfaRequired {
        /// The enrolled factors; the first is the default (contract 1.9).
        factors: Vec<Factor>,
        /// Whether this device may be remembered.
        remember_device: Option<RememberDevice>,
        /// Ids of the push factors to start without asking.
        auto_push: Vec<String>,
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
        /// When required factors can no longer be put off.
        grace_period_end: Option<Millis>,
    },
    /// Prove the factor that is being set up.
    MfaEnrollActivate {
        /// The factor in work.
        factor: Box<Factor>,
    },
    /// Wait until the org is ready.
    Poll {
        /// Milliseconds between two looks.
        refresh: u32,
    },
    /// Allow an app what it asks for.
    Consent {
        /// What it asks for.
        scopes: Vec<Scope>,
        /// Whether an admin allows it for everybody.
        for_all: bool,
    },
    /// Type the code that another device shows.
    DeviceActivate {
        /// The code, where the address had it.
        user_code: Option<String>,
    },
    /// Signed in.
    Success {
        /// To be exchanged for a session cookie; absent where a link leads on instead.
        session_token: Option<SessionToken>,
        /// How the activation of another device ended, where that was the purpose.
        device: Option<DeviceActivation>,
    },
    /// A state without a screen of its own. Its envelope still offers the ways back.
    Other,
}

open_enum! {
    /// `factorType` of a recovery. Its case varies in what the org sends (contract part 3, 10).
    Channel {
        /// A mail with a link.
        Email = "EMAIL",
        /// A text message with a code.
        Sms = "SMS",
        /// A call that reads out a code.
        Call = "CALL",
    }
}

open_enum! {
    /// `deviceActivationStatus`.
    DeviceActivation {
        /// The other device is signed in.
        Activated = "DEVICE_ACTIVATED",
        /// It is not.
        NotActivated = "DEVICE_NOT_ACTIVATED",
        /// It is not, because consent was denied.
        ConsentDenied = "DEVICE_NOT_ACTIVATED_CONSENT_DENIED",
    }
}

impl State {
    pub(super) fn read(status: &Status, body: &Value) -> Decoded<Self> {
        Ok(match status {
            Status::Unauthenticated => Self::Unauthenticated {
                factors: embedded(body, factors)?.unwrap_or_default(),
                remember_device: policy(body, RememberDevice::read)?.flatten(),
            },
            Status::PasswordWarn => Self::PasswordWarn(password_policy(body)?),
            Status::PasswordExpired => Self::PasswordExpired(password_policy(body)?),
            Status::PasswordReset => Self::PasswordReset(password_policy(body)?),
            Status::Recovery => Self::Recovery {
                question: embedded(body, recovery_question)?,
                token: body.optional("recoveryToken", Value::text)?.map(RecoveryToken::new),
            },
            Status::RecoveryChallenge => {
                let channel = body.optional("factorType", Value::text)?.unwrap_or_default();
                Self::RecoveryChallenge { channel: Channel::from(channel.to_ascii_uppercase().as_str()) }
            }
            Status::LockedOut => Self::LockedOut,
            Status::MfaRequired | Status::FactorRequired => {
                let types = embedded(body, factor_types)?.unwrap_or_default();
                Self::MfaRequired {
                    factors: by_type(&required_factors(body)?, &types),
                    remember_device: policy(body, RememberDevice::read)?.flatten(),
                    auto_push: policy(body, policy::auto_push)?.unwrap_or_default(),
                }
            }
            Status::MfaChallenge | Status::FactorChallenge => Self::MfaChallenge {
                factor: Box::new(body.required("_embedded", challenged)?),
                remember_device: policy(body, RememberDevice::read)?.flatten(),
            },
            Status::MfaEnroll | Status::FactorEnroll => Self::MfaEnroll {
                factors: required_factors(body)?,
                grace_period_end: policy(body, policy::grace_period_end)?.flatten(),
            },
            Status::MfaEnrollActivate | Status::FactorEnrollActivate => {
                Self::MfaEnrollActivate { factor: Box::new(body.required("_embedded", factor_in_work)?) }
            }
            Status::Poll => Self::Poll { refresh: embedded(body, refresh)?.unwrap_or(DEFAULT_REFRESH) },
            Status::ConsentRequired | Status::AdminConsentRequired => Self::Consent {
                scopes: embedded(body, |embedded| embedded.optional("scopes", |list| list.each(Scope::read)))?
                    .unwrap_or_default(),
                for_all: *status == Status::AdminConsentRequired,
            },
            Status::DeviceActivate => Self::DeviceActivate { user_code: here_or_embedded(body, "userCode")? },
            Status::Success => Self::Success {
                session_token: body.optional("sessionToken", Value::text)?.map(SessionToken::new),
                device: here_or_embedded(body, "deviceActivationStatus")?.as_deref().map(DeviceActivation::from),
            },
            _ => Self::Other,
        })
    }
}

/// For POLL without a `refresh` of its own, in milliseconds.
const DEFAULT_REFRESH: u32 = 4_000;

fn embedded<T>(body: &Value, read: impl FnOnce(&Value) -> Decoded<Option<T>>) -> Decoded<Option<T>> {
    body.optional("_embedded", read).map(Option::flatten)
}

fn policy<T>(body: &Value, read: impl FnOnce(&Value) -> Decoded<T>) -> Decoded<Option<T>> {
    embedded(body, |embedded| embedded.optional("policy", read))
}

fn password_policy(body: &Value) -> Decoded<PasswordPolicy> {
    Ok(policy(body, PasswordPolicy::read)?.unwrap_or_default())
}

/// Where the recordings of the device flow put things varies.
fn here_or_embedded(body: &Value, name: &str) -> Decoded<Option<String>> {
    match body.optional(name, Value::text)? {
        Some(text) => Ok(Some(text)),
        None => embedded(body, |embedded| embedded.optional(name, Value::text)),
    }
}

fn recovery_question(embedded: &Value) -> Decoded<Option<String>> {
    let question = |question: &Value| question.optional("question", Value::text);
    let user = |user: &Value| user.optional("recovery_question", question).map(Option::flatten);
    embedded.optional("user", user).map(Option::flatten)
}

fn refresh(embedded: &Value) -> Decoded<Option<u32>> {
    let refresh = |profile: &Value| profile.optional("refresh", Value::count);
    let profile = |transaction: &Value| transaction.optional("profile", refresh).map(Option::flatten);
    embedded.optional("transaction", profile).map(Option::flatten)
}

fn required_factors(body: &Value) -> Decoded<Vec<Factor>> {
    body.required("_embedded", |embedded| match factors(embedded)? {
        Some(factors) => Ok(factors),
        None => embedded.required("factors", |_| Ok(Vec::new())),
    })
}

/// The list is `factors` everywhere but in the present reference page, which prints `factor` (contract
/// part 3, 1). Both are read.
fn factors(embedded: &Value) -> Decoded<Option<Vec<Factor>>> {
    match (embedded.get("factors"), embedded.get("factor")) {
        (None, Some(Value::List(_))) => embedded.optional("factor", |list| list.each(Factor::read)),
        _ => embedded.optional("factors", |list| list.each(Factor::read)),
    }
}

fn factor_in_work(embedded: &Value) -> Decoded<Factor> {
    embedded.required("factor", Factor::read)
}

/// A challenge by factor type lists the allowed instances instead of the one in work (contract 1.11); the
/// first stands for them, and any of them may answer.
fn challenged(embedded: &Value) -> Decoded<Factor> {
    if !matches!(embedded.get("factor"), Some(Value::Object(_))) {
        let instances = factors(embedded)?.unwrap_or_default();
        let credentials: Vec<String> = instances.iter().filter_map(|factor| factor.credential_id.clone()).collect();
        let Some(mut factor) = instances.into_iter().next() else {
            let name = if embedded.get("factors").is_some() { "factors" } else { "factor" };
            return embedded.required(name, |list| list.expected("a list of at least one factor"));
        };
        factor.challenge = Some(Challenge::read(embedded, &credentials)?);
        factor.device_name = None;
        return Ok(factor);
    }
    factor_in_work(embedded)
}

/// A type with several instances that is verified by type, with the link that does it.
type FactorType = (String, super::links::Links);

fn factor_types(embedded: &Value) -> Decoded<Option<Vec<FactorType>>> {
    embedded.optional("factorTypes", |types| {
        types.each(|value| Ok((value.required("factorType", Value::text)?, super::links::Links::of(value)?)))
    })
}

/// One entry for a type with several instances, verified by type (contract 1.5, `factorTypes`): the first
/// instance stands for them, with the type's own link.
fn by_type(factors: &[Factor], types: &[FactorType]) -> Vec<Factor> {
    let mut entries: Vec<Factor> = Vec::with_capacity(factors.len());
    let several = |factor: &Factor| factors.iter().filter(|other| other.kind() == factor.kind()).nth(1).is_some();
    for factor in factors {
        let link = types.iter().find(|(name, _)| *name == factor.factor_type).and_then(|(_, links)| links.get("next"));
        let mut entry = factor.clone();
        if let Some(link) = link.filter(|_| several(factor)) {
            if entries.iter().any(|entry| entry.kind() == factor.kind()) {
                continue;
            }
            entry.links.set("verify", link.clone());
            entry.device_name = None;
        }
        entries.push(entry);
    }
    entries
}
