//! The states of a transaction with their data (docs/authn-api.md#states). This is the only place that says which
//! state needs which member. Not here: what is shown or sent.

use super::activation::Challenge;
use super::consent::Scope;
use super::factor::Factor;
use super::factor_kind::FactorKind;
use super::links::{Link, Links};
use super::open_enum::open_enum;
use super::policy::{self, PasswordPolicy, RememberDevice};
use super::profile::{self, ProfileField};
use super::reader::Reader;
use super::secret::{RecoveryToken, SessionToken};
use super::status::Status;
use super::timestamp::Millis;

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
        /// The enrolled factors; the first is the default (docs/authn-api.md#factors).
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
        /// Milliseconds between two polls.
        refresh: u32,
    },
    /// Allow an app what it asks for.
    Consent {
        /// What it asks for.
        scopes: Vec<Scope>,
        /// Whether an admin allows it for everybody.
        for_all: bool,
        /// The transaction's `expiresAt` as it stands: the answer repeats it.
        expires_at: Option<String>,
    },
    /// Tell more about oneself.
    ProfileRequired {
        /// What is wanted. Empty where the org does not say.
        fields: Vec<ProfileField>,
        /// The answer makes a new account.
        creates_account: bool,
    },
    /// Type the code that another device shows.
    DeviceActivate {
        /// The code, where the address had it.
        user_code: Option<String>,
        /// Whether the org refused a code before.
        is_refused: bool,
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
    /// `factorType` of a recovery. Its case varies in what the org sends (docs/authn-api.md#contradictions, row 10).
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
    pub(super) fn read(status: &Status, body: &Reader) -> Self {
        let embedded = body.at("_embedded");
        let policy = embedded.at("policy");
        match status {
            Status::LockedOut => Self::LockedOut,
            Status::Success => Self::Success {
                session_token: body.at("sessionToken").strict_text().map(SessionToken::new),
                device: device_activation(body),
            },
            Status::Unauthenticated if !has_factors(&embedded) => {
                Self::Unauthenticated { factors: Vec::new(), remember_device: None }
            }
            Status::Unauthenticated => Self::Unauthenticated {
                factors: factors(&embedded).unwrap_or_default(),
                remember_device: RememberDevice::read(&policy),
            },
            Status::PasswordWarn => Self::PasswordWarn(PasswordPolicy::read(&policy)),
            Status::PasswordExpired => Self::PasswordExpired(PasswordPolicy::read(&policy)),
            Status::PasswordReset => Self::PasswordReset(PasswordPolicy::read(&policy)),
            Status::Recovery => Self::Recovery {
                question: embedded.at("user").at("recovery_question").at("question").text(),
                token: body.at("recoveryToken").strict_text().map(RecoveryToken::new),
            },
            Status::RecoveryChallenge => {
                let channel = body.at("factorType").text().unwrap_or_default();
                Self::RecoveryChallenge { channel: Channel::from(channel.to_ascii_uppercase().as_str()) }
            }
            Status::MfaRequired | Status::FactorRequired => Self::MfaRequired {
                factors: by_type(&required_factors(&embedded), &embedded.at("factorTypes").each_readable(factor_type)),
                remember_device: RememberDevice::read(&policy),
                auto_push: policy::auto_push(&policy),
            },
            Status::MfaChallenge | Status::FactorChallenge => Self::MfaChallenge {
                factor: Box::new(challenged(&embedded)),
                remember_device: RememberDevice::read(&policy),
            },
            Status::MfaEnroll | Status::FactorEnroll => Self::MfaEnroll {
                factors: required_factors(&embedded),
                grace_period_end: policy::grace_period_end(&policy),
            },
            Status::MfaEnrollActivate | Status::FactorEnrollActivate => {
                Self::MfaEnrollActivate { factor: Box::new(Factor::read(embedded.at("factor").required())) }
            }
            Status::Poll => {
                let refresh = embedded.at("transaction").at("profile").at("refresh").count();
                Self::Poll { refresh: refresh.unwrap_or(DEFAULT_REFRESH) }
            }
            Status::ConsentRequired | Status::AdminConsentRequired => Self::Consent {
                scopes: embedded.at("scopes").each(Scope::read),
                for_all: *status == Status::AdminConsentRequired,
                expires_at: body.at("expiresAt").text().filter(|_| *status == Status::ConsentRequired),
            },
            Status::DeviceActivate => Self::DeviceActivate {
                user_code: here_or_embedded(body, &embedded, "userCode"),
                is_refused: here_or_embedded(body, &embedded, "deviceActivationStatus").as_deref()
                    == Some("INVALID_USER_CODE"),
            },
            Status::ProfileRequired => {
                let (fields, creates_account) = profile::read(&policy);
                Self::ProfileRequired { fields, creates_account }
            }
            Status::Other(_) => Self::Other,
        }
    }
}

/// A text that is seen at the top of the body in some answers, and among what is embedded in others.
fn here_or_embedded(body: &Reader, embedded: &Reader, name: &'static str) -> Option<String> {
    body.at(name).text().or_else(|| embedded.at(name).text())
}

/// For POLL without a `refresh` of its own, in milliseconds.
const DEFAULT_REFRESH: u32 = 4_000;

/// The list is `factors` everywhere but in the present reference page, which prints `factor`
/// (docs/authn-api.md#contradictions, row 1). Both are read.
fn factors(embedded: &Reader) -> Option<Vec<Factor>> {
    let (list, other) = (embedded.at("factors"), embedded.at("factor"));
    let list = if list.is_list() { list } else { other };
    list.is_list().then(|| list.each_readable(Factor::read))
}

pub(super) fn has_factors(embedded: &Reader) -> bool {
    embedded.at("factors").is_list() || embedded.at("factor").is_list()
}

/// How the activation of another device ended, where that was the purpose.
pub(super) fn device_activation(body: &Reader) -> Option<DeviceActivation> {
    // Where the recordings of the device flow put it varies.
    let (name, embedded) = ("deviceActivationStatus", body.at("_embedded"));
    let status = body.at(name).strict_text().or_else(|| embedded.at(name).strict_text());
    status.as_deref().map(DeviceActivation::from)
}

fn required_factors(embedded: &Reader) -> Vec<Factor> {
    factors(embedded).unwrap_or_else(|| embedded.at("factors").required().each(Factor::read))
}

/// A challenge by factor type lists the allowed instances instead of the one in work
/// (docs/authn-api.md#webauthn-and-u2f); the first stands for them, and any of them may answer.
fn challenged(embedded: &Reader) -> Factor {
    let one = embedded.at("factor");
    let instances = if one.is_object() { Vec::new() } else { factors(embedded).unwrap_or_default() };
    let credentials: Vec<String> = instances.iter().filter_map(|factor| factor.credential_id.clone()).collect();
    match instances.into_iter().next() {
        None if embedded.at("factors").is_list() && !one.is_object() => {
            let list = embedded.at("factors");
            list.report("a list of at least one factor");
            Factor::read(&list)
        }
        None => Factor::read(one.required()),
        Some(factor) => {
            Factor { challenge: Some(Challenge::read(embedded, &credentials)), device_name: None, ..factor }
        }
    }
}

/// A type with several instances that is verified by type, with the link that does it.
type FactorType = (String, Option<Link>);

fn factor_type(value: &Reader) -> FactorType {
    (value.at("factorType").required_text(), Links::readable(value).get("next").cloned())
}

/// One entry for a type with several instances, verified by type (docs/authn-api.md#factor-types): the first
/// instance stands for them, with the type's own link.
fn by_type(factors: &[Factor], types: &[FactorType]) -> Vec<Factor> {
    let mut entries: Vec<Factor> = Vec::with_capacity(factors.len());
    let several = |factor: &Factor| factors.iter().filter(|other| other.kind() == factor.kind()).nth(1).is_some();
    // Of these, the person need not say which instance it is: the browser knows the keys, and the org the codes. Where a
    // phone must be chosen, each one keeps its own link.
    let needs_no_choice = |kind| {
        use FactorKind::{GoogleTotp, OktaTotp, U2f, WebAuthn};
        matches!(kind, GoogleTotp | OktaTotp | U2f | WebAuthn)
    };
    for factor in factors {
        let link = types.iter().find(|(name, _)| *name == factor.factor_type).and_then(|(_, link)| link.clone());
        let mut entry = factor.clone();
        if let Some(link) = link.filter(|_| several(factor) && needs_no_choice(factor.kind())) {
            if entries.iter().any(|entry| entry.kind() == factor.kind()) {
                continue;
            }
            entry.links.set("verify", link);
            entry.device_name = None;
        }
        entries.push(entry);
    }
    entries
}
