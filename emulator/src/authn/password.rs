//! Setting a new password: in exchange for the old one, or after password recovery.

use crate::{
    authn::progress::{current, proceed},
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        log::EventType,
        password::Password,
        transaction::{State, Transaction},
        user::{AccountStatus, User},
    },
};

/// `POST .../credentials/change_password`.
pub(crate) fn change(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let transaction = current(org, call)?;
    if !matches!(transaction.state, State::PasswordWarn { .. } | State::PasswordExpired) {
        return Err(error::WRONG_STATE.into());
    }
    let old = Password::new(call.input.required("oldPassword")?);
    let user = org.user(transaction.user()?)?;
    if user.password.managed_at.is_some() {
        return Err(error::NO_CHANGE_PASSWORD.into());
    }
    let matches = match &user.password.hashed {
        Some(kept) => call.work.check(kept, &old)?,
        None => false,
    };
    if !matches {
        return Err(error::UPDATE_FAILED.because("oldPassword: The credentials provided were incorrect.").into());
    }
    let minutes = org.password_policy(user)?.min_age_minutes;
    let forced = matches!(transaction.state, State::PasswordExpired);
    if !forced && call.now.since(user.password.changed).as_secs() < u64::from(minutes) * 60 {
        let cause = format!("Password can only be changed once every {minutes} minutes");
        return Err(error::PASSWORD_RULES.because(cause).into());
    }
    set(org, call, transaction)
}

/// `POST .../credentials/reset_password`.
pub(crate) fn reset(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let transaction = current(org, call)?;
    if !matches!(transaction.state, State::PasswordReset) {
        return Err(error::WRONG_STATE.into());
    }
    set(org, call, transaction)
}

/// Sets the new password, if it meets the policy.
fn set(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, Refusal> {
    let new = Password::new(call.input.required("newPassword")?);
    let id = transaction.user()?.to_owned();
    replace(org, call, &id, &new)?;
    if call.input.flag("revokeSessions") {
        org.end_sessions(&id);
    }
    if !transaction.amr.contains(&"pwd") {
        transaction.amr.push("pwd");
    }
    Ok(proceed(org, call, transaction)?)
}

/// The rules of the password policy that this password breaks, as a sentence.
pub(crate) fn broken_rules(org: &Org, user: &User, new: &Password) -> Result<Option<String>, ApiError> {
    let missing = org.password_policy(user)?.complexity.missing(new.as_str(), user);
    Ok((!missing.is_empty()).then(|| format!("Passwords must have {}", missing.join(", "))))
}

/// Replaces the user's password, if it meets the policy and was not used recently.
pub(crate) fn replace(org: &mut Org, call: &Call, id: &str, new: &Password) -> Result<(), Refusal> {
    let user = org.user(id)?;
    if let Some(cause) = broken_rules(org, user, new)? {
        return Err(error::PASSWORD_RULES.because(cause).into());
    }
    let history = org.password_policy(user)?.history;
    let earlier = user.password.hashed.iter().chain(&user.password.history).take(history.max(1));
    for kept in earlier {
        if call.work.check(kept, new)? {
            return Err(error::PASSWORD_RULES.because("Password cannot be your current or a recent password").into());
        }
    }
    let kept = call.work.hash(new)?;
    let user = org.user_mut(id)?;
    let before = user.password.hashed.replace(kept);
    user.password.history.splice(0..0, before);
    user.password.history.truncate(history);
    (user.password.changed, user.password.expired, user.dates.updated) = (call.now, false, call.now);
    if matches!(user.status, AccountStatus::LockedOut { .. } | AccountStatus::Recovery | AccountStatus::Provisioned) {
        user.becomes(AccountStatus::Active, call.now);
        user.unlock();
    }
    org.log_of(call.now, EventType::PasswordChanged, call.trusted, id);
    Ok(())
}
