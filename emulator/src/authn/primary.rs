//! `POST /api/v1/authn`: user name and password, a user name alone for passwordless sign-in, an
//! activation token, or the state token of a running transaction.

use crate::{
    authn::{
        begin::begin,
        progress::{current, proceed, save},
    },
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        log::{EventType, Party},
        password::Password,
        policy::Access,
        transaction::{Purpose, RecoveryType, State, Transaction},
        user::AccountStatus,
    },
    wire,
};

/// Starts a sign-in, or returns the state of a running one.
pub(crate) fn authenticate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    if call.input.has("token") {
        return activate(org, call);
    }
    if call.input.has("stateToken") && !call.input.has("username") {
        return introspect(org, call);
    }
    if org.is_upgraded() && call.input.has("audience") {
        return Err(error::VALIDATION.about("authRequest").and("The parameter audience is not supported.").into());
    }
    let name = call.input.required("username")?;
    if !call.input.has("password")
        && let Some(user) = org.user_named(name)
        && org.is_passwordless(user)
    {
        let who = Some(user.id.clone());
        let transaction = begin(org, call, who, Purpose::SignIn, State::Unauthenticated)?;
        return Ok(proceed(org, call, transaction)?);
    }
    let password = Password::new(call.input.required("password")?);
    let user = org.user_named(name);
    let kept = user.and_then(|user| user.password.hashed.as_ref()).unwrap_or(&org.settings.decoy_hash);
    let matches = call.work.check(kept, &password)?;
    let Some(id) = user.filter(|user| user.password.hashed.is_some()).map(|user| user.id.clone()) else {
        let actor = user.map_or_else(|| Party::unknown(name), Party::user);
        org.log_failure(call.now, EventType::SessionStart, "INVALID_CREDENTIALS", actor);
        return refused();
    };
    let actor = Party::user(org.user(&id)?);
    match admit(org, call, &id, matches) {
        Ok(None) => {}
        Ok(Some(locked)) => {
            org.log_failure(call.now, EventType::SessionStart, "LOCKED_OUT", actor);
            return Ok(locked);
        }
        Err(refusal) => {
            if let Refusal::Api(refused) = &refusal {
                let why = failure(org, &id, refused.code);
                org.log_failure(call.now, EventType::SessionStart, why, actor);
            }
            return Err(refusal);
        }
    }
    let mut transaction = started(org, call, id)?;
    transaction.amr.push("pwd");
    Ok(proceed(org, call, transaction)?)
}

/// Why the sign-in failed, as the log has it. The answer does not say it.
fn failure(org: &Org, id: &str, code: error::Code) -> &'static str {
    let locked = org.user(id).is_ok_and(|user| matches!(user.status, AccountStatus::LockedOut { .. }));
    match (locked, code == error::SIGN_ON_DENIED) {
        (true, _) => "LOCKED_OUT",
        (_, true) => "DENIED_BY_SIGN_ON_POLICY",
        _ => "INVALID_CREDENTIALS",
    }
}

/// Checks password and account status. `Ok(Some(_))` is the `LOCKED_OUT` response.
fn admit(org: &mut Org, call: &Call, id: &str, matches: bool) -> Result<Option<Reply>, Refusal> {
    let policy = org.password_policy(org.user(id)?)?;
    let (lockout, recovery) = (policy.lockout.clone(), policy.recovery.clone());
    let user = org.user_mut(id)?;
    user.unlock_when_due(call.now, lockout.auto_unlock);
    if user.status == AccountStatus::Active && !matches {
        user.wrong_passwords += 1;
        if user.wrong_passwords >= lockout.max_attempts {
            org.lock_out(id, call.now)?;
        }
    }
    let user = org.user(id)?;
    match user.status {
        AccountStatus::LockedOut { .. } if lockout.show => {
            return Ok(Some(Reply::Json(wire::outcome::locked_out(org, recovery.unlock))));
        }
        AccountStatus::Active if matches => {}
        _ => return refused(),
    }
    match org.sign_on_policy(user)?.access {
        Access::Allow => {}
        Access::Deny => return refused(),
        Access::DenyOpenly => return Err(error::SIGN_ON_DENIED.into()),
    }
    org.user_mut(id)?.wrong_passwords = 0;
    Ok(None)
}

/// The transaction for these credentials: the one that waits for them, or a new one.
fn started(org: &mut Org, call: &Call, id: String) -> Result<Transaction, ApiError> {
    if call.input.has("stateToken") {
        let mut transaction = current(org, call)?;
        if !matches!(transaction.state, State::Unauthenticated) {
            return Err(error::WRONG_STATE.into());
        }
        let fresh = begin(org, call, None, Purpose::SignIn, State::Unauthenticated)?;
        (transaction.options, transaction.who) = (fresh.options, Some(id));
        return Ok(transaction);
    }
    let purpose = match call.input.text("audience")? {
        None => Purpose::SignIn,
        Some(audience) => {
            let app = org.apps.iter().find(|app| app.id == audience).cloned().ok_or_else(|| {
                error::VALIDATION.about("authRequest").and(format!("Sign in not allowed for app '{audience}'."))
            })?;
            Purpose::StepUp(app)
        }
    };
    begin(org, call, Some(id), purpose, State::Unauthenticated)
}

/// First sign-in of an account, by activation token.
fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let token = call.input.required("token")?;
    let user = org.users.iter_mut().find(|user| user.activation_token.as_deref() == Some(token));
    let Some(user) = user else { return refused() };
    user.activation_token = None;
    user.becomes(AccountStatus::Active, call.now);
    let (id, has_password) = (user.id.clone(), user.password.hashed.is_some());
    if has_password {
        let mut transaction = begin(org, call, Some(id), Purpose::SignIn, State::Resume)?;
        transaction.amr.push("pwd");
        return Ok(proceed(org, call, transaction)?);
    }
    let purpose = Purpose::Recovery(RecoveryType::Activation);
    let transaction = begin(org, call, Some(id), purpose, State::PasswordReset)?;
    Ok(save(org, call, transaction)?)
}

/// `POST .../introspect`: the state of a running transaction.
pub(crate) fn introspect(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    if transaction.page.is_none() {
        transaction.page.clone_from(&call.origin);
    }
    Ok(match transaction.state {
        State::Resume => proceed(org, call, transaction)?,
        _ => save(org, call, transaction)?,
    })
}

fn refused<T>() -> Result<T, Refusal> {
    Err(error::AUTHENTICATION_FAILED.into())
}
