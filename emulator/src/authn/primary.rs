//! `POST /api/v1/authn`: user name and password, or the state of a transaction that runs already.

use crate::{
    authn::progress::{current, proceed, stay},
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        password::Password,
        policy::Access,
        transaction::{Options, Skipped, State, Transaction},
        user::Standing,
    },
    wire,
};

/// Begins a sign-in, or tells where one stands.
pub(crate) fn authenticate(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    if call.input.has("stateToken") && !call.input.has("username") {
        return introspect(org, call);
    }
    let name = call.input.required("username")?;
    let password = Password::new(call.input.required("password")?);
    let user = org.user_called(name);
    let hashed = user.map_or(&org.settings.nobody, |user| &user.password.hashed);
    let matches = call.work.check(hashed, &password)?;
    let Some(id) = user.map(|user| user.id.clone()) else { return refused() };

    let lockout = org.password_policy(org.user(&id)?)?.lockout.clone();
    let user = org.user_mut(&id)?;
    user.unlock_when_due(call.now, lockout.auto_unlock);
    if user.standing == Standing::Active && !matches {
        user.wrong_passwords += 1;
        if user.wrong_passwords >= lockout.max_attempts {
            org.lock_out(&id, call.now)?;
        }
    }
    let user = org.user(&id)?;
    match user.standing {
        Standing::LockedOut { .. } if lockout.show => {
            return Ok(Answer::Json(wire::transaction::locked_out(org, lockout.self_service)));
        }
        Standing::Active if matches => {}
        _ => return refused(),
    }
    match org.sign_on_policy(user)?.access {
        Access::Allow => {}
        Access::Deny => return refused(),
        Access::DenyOpenly => return Err(error::SIGN_ON_DENIED.into()),
    }
    org.user_mut(&id)?.wrong_passwords = 0;
    let transaction = begin(org, call, id)?;
    Ok(proceed(org, call, transaction)?)
}

/// `POST .../introspect`: the state of a running transaction.
pub(crate) fn introspect(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let transaction = current(org, call)?;
    Ok(stay(org, transaction)?)
}

fn refused() -> Result<Answer, Refusal> {
    Err(error::AUTHENTICATION_FAILED.into())
}

fn begin(org: &mut Org, call: &Call, user: String) -> Result<Transaction, ApiError> {
    let options = call.input.object("options")?;
    Ok(Transaction {
        token: org.random.token(),
        expires: call.now.after(org.settings.state_token_life),
        user,
        options: Options {
            multi_optional_factor_enroll: options.flag("multiOptionalFactorEnroll"),
            warn_before_password_expired: options.flag("warnBeforePasswordExpired"),
        },
        relay_state: call.input.text("relayState")?.map(str::to_owned),
        amr: vec!["pwd"],
        factors_proved: 0,
        enrolled: false,
        skipped: Skipped::default(),
        state: State::MfaRequired,
    })
}
