//! Decides the next state of a transaction: the order of the remaining requirements, SUCCESS, and
//! the expiry of the state token, which every request extends.

use std::time::Duration;

use crate::{
    call::{Call, Reply},
    error::{self, ApiError},
    org::{
        Org,
        factor::Factor,
        log::EventType,
        policy::{EnrollPolicy, Prompt, Requirement},
        session::Grant,
        transaction::{Purpose, RecoveryType, State, Transaction},
        user::{Extra, User},
    },
    time::Timestamp,
    wire,
};

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;
/// How long the org stays in the state POLL.
const POLL_TIME: Duration = Duration::from_secs(10);

/// The transaction of the request's state token; its expiry is extended.
pub(crate) fn current(org: &mut Org, call: &Call) -> Result<Transaction, ApiError> {
    of_token(org, call, call.input.required("stateToken")?)
}

/// The transaction of this token; its expiry is extended.
pub(crate) fn of_token(org: &mut Org, call: &Call, token: &str) -> Result<Transaction, ApiError> {
    let life = org.settings.state_token_life;
    match org.transactions.get_mut(token) {
        Some(transaction) if call.now < transaction.expires => {
            transaction.expires = call.now.after(life);
            Ok(transaction.clone())
        }
        _ => Err(error::INVALID_TOKEN.into()),
    }
}

/// Stores the transaction as it is, and returns it.
pub(crate) fn save(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, ApiError> {
    if org.switches.rotate_state_tokens {
        org.transactions.remove(&transaction.token);
        transaction.token = org.random.token();
    }
    let body = wire::transaction::unfinished(org, call, &transaction)?;
    org.transactions.insert(transaction.token.clone(), transaction);
    Ok(Reply::Json(body))
}

/// Moves the transaction to its next state, or completes it.
pub(crate) fn proceed(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, ApiError> {
    match next_requirement(org, call, &transaction)? {
        Some(state) => {
            transaction.state = state;
            save(org, call, transaction)
        }
        None => finish(org, call, transaction),
    }
}

/// Whether nothing is left to do for this transaction.
pub(crate) fn is_complete(org: &Org, call: &Call, transaction: &Transaction) -> Result<bool, ApiError> {
    Ok(next_requirement(org, call, transaction)?.is_none())
}

/// The next requirement, in this order: factors, an expired password, a warning about expiry, factors to
/// enroll, waiting (POLL), consent, questions about the user.
fn next_requirement(org: &Org, call: &Call, transaction: &Transaction) -> Result<Option<State>, ApiError> {
    if transaction.purpose == Purpose::Recovery(RecoveryType::Unlock) || transaction.done.denied {
        return Ok(None);
    }
    let user = org.user(transaction.user()?)?;
    if needs_factor(org, call, user, transaction)? {
        let passwordless = !transaction.proved_anything() && org.is_passwordless(user);
        return Ok(Some(if passwordless { State::Unauthenticated } else { State::MfaRequired }));
    }
    if let Some(state) = password_requirement(org, call, user, transaction)? {
        return Ok(Some(state));
    }
    if let Some(state) = enrollment_requirement(org, call, user, transaction)? {
        return Ok(Some(state));
    }
    Ok(match user.extra {
        Extra::Waiting if !transaction.done.waiting => Some(State::Poll { until: call.now.after(POLL_TIME) }),
        Extra::Consent | Extra::GranularConsent if !transaction.done.consent => Some(State::Consent { admin: false }),
        Extra::AdminConsent if !transaction.done.consent => Some(State::Consent { admin: true }),
        Extra::Profile if !transaction.done.profile => Some(State::Profile),
        _ => None,
    })
}

fn password_requirement(
    org: &Org,
    call: &Call,
    user: &User,
    transaction: &Transaction,
) -> Result<Option<State>, ApiError> {
    if !transaction.amr.contains(&"pwd") {
        return Ok(None);
    }
    let policy = org.password_policy(user)?;
    let days_left = match policy.max_age_days {
        0 => None,
        days => Some(days_left(user.password.changed, days, call.now)),
    };
    if user.password.expired || days_left == Some(0) {
        return Ok(Some(State::PasswordExpired));
    }
    Ok(days_left
        .filter(|left| *left <= policy.warn_days)
        .filter(|_| transaction.options.warn_before_password_expired && !transaction.done.password_warning)
        .map(|days_left| State::PasswordWarn { days_left }))
}

fn days_left(changed: Timestamp, max_age_days: u32, now: Timestamp) -> u32 {
    let age = now.since(changed).as_secs() / SECONDS_PER_DAY;
    max_age_days.saturating_sub(u32::try_from(age).unwrap_or(u32::MAX))
}

fn needs_factor(org: &Org, call: &Call, user: &User, transaction: &Transaction) -> Result<bool, ApiError> {
    let policy = org.sign_on_policy(user)?;
    let owes = transaction.factors_proved < policy.factors_needed()
        && allowed_now(org, user, transaction)?.next().is_some()
        && !transaction.enrolled;
    let remembered = policy.prompt != Prompt::Always
        && transaction.factors_proved == 0
        && !org.is_passwordless(user)
        && org.devices.is_remembered(&call.device, &user.id, call.now);
    Ok(owes && !remembered)
}

/// The user's factors that may be used at this step of the sign-in.
pub(crate) fn allowed_now<'a>(
    org: &'a Org,
    user: &'a User,
    transaction: &Transaction,
) -> Result<impl Iterator<Item = &'a Factor>, ApiError> {
    let kinds = org.sign_on_policy(user)?.kinds_after(transaction.factors_proved);
    let allowed = move |factor: &&Factor| kinds.is_none_or(|kinds| kinds.contains(&factor.kind));
    Ok(user.factors.iter().filter(|factor| factor.proves()).filter(allowed))
}

fn enrollment_requirement(
    org: &Org,
    call: &Call,
    user: &User,
    transaction: &Transaction,
) -> Result<Option<State>, ApiError> {
    let policy = org.enroll_policy(user)?;
    let lacking = |wanted| lacks(policy, user, wanted);
    if lacking(Requirement::Required) {
        let may_wait = policy.grace_until.is_some_and(|until| call.now < until);
        if may_wait && transaction.done.enrollment {
            return Ok(None);
        }
        return Ok(Some(State::MfaEnroll { may_skip: may_wait }));
    }
    if !lacking(Requirement::Optional) || transaction.done.enrollment {
        return Ok(None);
    }
    let has_none = !policy.factors.iter().any(|(kind, _)| user.has(*kind));
    if has_none && org.sign_on_policy(user)?.require_factor {
        return Ok(Some(State::MfaEnroll { may_skip: false }));
    }
    let asks = if transaction.enrolled {
        transaction.options.multi_optional_factor_enroll
    } else {
        policy.prompts && has_none
    };
    Ok(asks.then_some(State::MfaEnroll { may_skip: true }))
}

fn lacks(policy: &EnrollPolicy, user: &User, wanted: Requirement) -> bool {
    policy.factors.iter().any(|(kind, enrollment)| *enrollment == wanted && !user.has(*kind))
}

/// Completes the transaction: returns a session token, or the result that the purpose asks for.
fn finish(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, ApiError> {
    match &transaction.purpose {
        Purpose::StepUp(_) => {
            transaction.state = State::Success;
            return save(org, call, transaction);
        }
        Purpose::Recovery(RecoveryType::Unlock) => {
            let body = wire::outcome::unlocked(org, &transaction)?;
            org.transactions.remove(&transaction.token);
            org.log_own(call.now, EventType::Unlocked, transaction.user()?);
            return Ok(Reply::Json(body));
        }
        Purpose::Device { until, .. } => {
            let ending = match (transaction.done.denied, call.now < *until) {
                (true, _) => "DEVICE_NOT_ACTIVATED_CONSENT_DENIED",
                (false, true) => "DEVICE_ACTIVATED",
                (false, false) => "DEVICE_NOT_ACTIVATED",
            };
            let body = wire::outcome::device(org, &transaction, ending)?;
            org.transactions.remove(&transaction.token);
            return Ok(Reply::Json(body));
        }
        Purpose::SignIn | Purpose::Recovery(_) => {}
    }
    let grant = grant(org, call, &transaction)?;
    if let Some(fingerprint) = &call.fingerprint {
        org.devices.record_fingerprint(fingerprint, &grant.user);
    }
    let token = org.random.token();
    let body = wire::outcome::success(org, &transaction, &token, &grant)?;
    org.transactions.remove(&transaction.token);
    org.user_mut(&grant.user)?.dates.last_login = Some(call.now);
    org.log_own(call.now, EventType::SessionStart, &grant.user);
    org.grants.insert(token, grant);
    Ok(Reply::Json(body))
}

/// What a completed sign-in grants.
pub(crate) fn grant(org: &Org, call: &Call, transaction: &Transaction) -> Result<Grant, ApiError> {
    let mut amr = transaction.amr.clone();
    if transaction.factors_proved > 0 || transaction.enrolled {
        amr.push("mfa");
    }
    Ok(Grant {
        user: transaction.user()?.to_owned(),
        expires: call.now.after(org.settings.session_token_life),
        amr,
        factor_proved: (transaction.factors_proved > 0).then_some(call.now),
        password_proved: call.now,
        provider: transaction.provider.clone(),
    })
}
