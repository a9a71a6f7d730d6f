//! Lifecycle operations of an account: activate, deactivate, suspend, unlock, expire and reset the
//! password.

use serde_json::{Value, json};

use super::{user, user_id, users::answer};
use crate::{
    authn::recovery::{self, page},
    call::{Call, Refusal, Reply},
    error,
    org::{
        Org,
        log::EventType,
        outbox::{Channel, Message},
        password::Password,
        transaction::RecoveryType,
        user::{AccountStatus, User},
    },
};

/// Whether the link is sent by email instead of returned (`sendEmail`).
pub(super) fn sends_mail(call: &Call) -> bool {
    !call.asks_not_for("sendEmail")
}

fn done() -> Reply {
    Reply::Json(json!({}))
}

/// Creates an activation token, and sends it by email if `send`. Returns the link and the token.
pub(crate) fn invite(org: &mut Org, call: &Call, id: &str, send: bool) -> Result<(String, String), Refusal> {
    let token = org.random.id("");
    let page = page(org, call);
    let link = format!("{page}/?token={token}");
    let name = org.name.clone();
    let user = org.user_mut(id)?;
    user.activation_token = Some(token.clone());
    let message = Message {
        at: call.now.iso(),
        channel: Channel::Email,
        login: user.short_name().to_owned(),
        to: user.profile.email.clone(),
        text: format!("Welcome to {name}! Open this link to activate your account."),
        code: None,
        link: Some(link.clone()),
        language: call.language.clone(),
    };
    if send {
        org.outbox.send(&format!("{id} activation"), call.now, message);
    }
    Ok((link, token))
}

fn invited(org: &mut Org, call: &Call, id: &str) -> Result<Reply, Refusal> {
    let (url, token) = invite(org, call, id, sends_mail(call))?;
    if sends_mail(call) {
        return Ok(done());
    }
    Ok(Reply::Json(json!({ "activationUrl": url, "activationToken": token })))
}

/// `POST .../lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if !matches!(user.status, AccountStatus::Staged | AccountStatus::Deprovisioned) {
        return Err(error::ALREADY_ACTIVE.into());
    }
    let status = if user.password.hashed.is_some() { AccountStatus::Active } else { AccountStatus::Provisioned };
    org.user_mut(&user.id)?.becomes(status, call.now);
    org.log_of(call.now, EventType::Activated, true, &user.id);
    invited(org, call, &user.id)
}

/// `POST .../lifecycle/reactivate`.
pub(crate) fn reactivate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if !matches!(user.status, AccountStatus::Provisioned | AccountStatus::Recovery) {
        return Err(error::WRONG_STANDING.into());
    }
    invited(org, call, &user.id)
}

/// `POST .../lifecycle/deactivate`.
pub(crate) fn deactivate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    org.user_mut(&id)?.becomes(AccountStatus::Deprovisioned, call.now);
    org.log_of(call.now, EventType::Deactivated, true, &id);
    org.end_sign_ins(&id);
    Ok(done())
}

/// `POST .../lifecycle/suspend`.
pub(crate) fn suspend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    switch(org, call, AccountStatus::Active, AccountStatus::Suspended, "Cannot suspend a user that is not active")
}

/// `POST .../lifecycle/unsuspend`.
pub(crate) fn unsuspend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    switch(org, call, AccountStatus::Suspended, AccountStatus::Active, "Cannot unsuspend a user that is not suspended")
}

fn switch(
    org: &mut Org,
    call: &Call,
    from: AccountStatus,
    to: AccountStatus,
    else_say: &str,
) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if user.status != from {
        return Err(error::VALIDATION.about("user").and(else_say).into());
    }
    org.user_mut(&user.id)?.becomes(to, call.now);
    let suspends = to == AccountStatus::Suspended;
    let event = if suspends { EventType::Suspended } else { EventType::Unsuspended };
    org.log_of(call.now, event, true, &user.id);
    if suspends {
        org.end_sign_ins(&user.id);
    }
    Ok(done())
}

/// `POST .../lifecycle/unlock`.
pub(crate) fn unlock(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if !matches!(user.status, AccountStatus::LockedOut { .. }) {
        return Err(error::WRONG_STANDING.into());
    }
    let kept = org.user_mut(&user.id)?;
    kept.becomes(AccountStatus::Active, call.now);
    kept.unlock();
    org.log_of(call.now, EventType::UnlockedByAdmin, true, &user.id);
    Ok(done())
}

/// `POST .../lifecycle/expire_password`.
pub(crate) fn expire_password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    if call.asks_for("tempPassword") {
        return expire_to_temporary_password(org, call);
    }
    let user = with_password(org, call)?;
    let kept = org.user_mut(&user.id)?;
    (kept.password.expired, kept.dates.updated) = (true, call.now);
    answer(org, &user.id)
}

/// An active user with a password.
fn with_password(org: &Org, call: &Call) -> Result<User, Refusal> {
    let user = user(org, call)?;
    if user.status != AccountStatus::Active || user.password.hashed.is_none() {
        return Err(error::WRONG_STANDING.into());
    }
    Ok(user)
}

/// `POST .../lifecycle/expire_password_with_temp_password`: answers the password that the user has until the next
/// sign-in; `revokeSessions` ends the sessions.
pub(crate) fn expire_to_temporary_password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = with_password(org, call)?.id;
    // Must be the same when the operation runs again after hashing.
    let temporary = call.temporary_password.clone();
    let kept = call.work.hash(&Password::new(&temporary))?;
    let user = org.user_mut(&id)?;
    user.password.hashed = Some(kept);
    (user.password.expired, user.password.changed, user.dates.updated) = (true, call.now, call.now);
    if call.asks_for("revokeSessions") {
        org.end_sign_ins(&id);
    }
    Ok(Reply::Json(json!({ "tempPassword": temporary })))
}

/// `POST .../lifecycle/reset_password`: the user cannot sign in until a new password is set.
pub(crate) fn reset_password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if !matches!(user.status, AccountStatus::Active | AccountStatus::Recovery | AccountStatus::LockedOut { .. }) {
        return Err(error::WRONG_STANDING.into());
    }
    org.user_mut(&user.id)?.becomes(AccountStatus::Recovery, call.now);
    org.log_of(call.now, EventType::PasswordReset, true, &user.id);
    if call.asks_for("revokeSessions") {
        org.end_sign_ins(&user.id);
    }
    Ok(Reply::Json(reset_link(org, call, &user.id)?))
}

/// A link to set a new password: sent, or returned.
pub(super) fn reset_link(org: &mut Org, call: &Call, id: &str) -> Result<Value, Refusal> {
    let user = org.user(id)?.clone();
    if sends_mail(call) {
        recovery::send_link(org, call, &user, RecoveryType::Password);
        return Ok(json!({}));
    }
    Ok(json!({ "resetPasswordUrl": recovery::link(org, call, id, RecoveryType::Password) }))
}

/// `POST .../lifecycle/reset_factors`. An upgraded org removes the recovery question too, in a call of its own.
pub(crate) fn reset_factors(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    let user = org.user_mut(&id)?;
    if call.asks_for("removeRecoveryEnrollment") || user.factors.iter().any(|one| !one.proves()) {
        user.recovery_question = None;
    }
    user.factors.clear();
    user.pending.clear();
    org.log_of(call.now, EventType::AllFactorsRemoved, true, &id);
    Ok(done())
}

/// `DELETE .../sessions`: with `oauthTokens` the tokens end too, and with `forgetDevices` no device remembers the user.
pub(crate) fn end_sessions(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    org.end_sessions(&id);
    if call.asks_for("oauthTokens") {
        org.issued.revoke_all_of(&id);
    }
    if call.asks_for("forgetDevices") {
        org.devices.forget(&id);
    }
    Ok(Reply::Nothing)
}
