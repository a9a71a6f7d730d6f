//! Proving a factor: starting a challenge, sending its code again, and looking at the proof.

use crate::{
    authn::{
        message,
        progress::{allowed_now, current, proceed, stay},
        proof,
    },
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::Factor,
        policy::Prompt,
        transaction::{State, Transaction},
    },
};

/// `POST .../factors/{id}/verify`: with a proof it is checked, without one a challenge starts.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    if !matches!(transaction.state, State::MfaRequired | State::MfaChallenge { .. }) {
        return Err(error::WRONG_STATE.into());
    }
    let mut factor = asked_for(org, call, &transaction)?;
    if !proof::came(call) {
        start(org, call, &transaction, &factor)?;
        transaction.state = State::MfaChallenge { factor: factor.id };
        return Ok(stay(org, transaction)?);
    }
    let checked = proof::check(org, call, &mut factor);
    if let Some(kept) = org.user_mut(&transaction.user)?.factor_mut(&factor.id) {
        kept.held = factor.held.clone();
    }
    if let Err(refused) = checked {
        return Err(count_against(org, call, &transaction, refused)?.into());
    }
    org.user_mut(&transaction.user)?.used(&factor.id);
    remember_device(org, call, &transaction)?;
    transaction.amr.push(factor.kind.amr());
    transaction.factors_proved += 1;
    Ok(proceed(org, call, transaction)?)
}

/// `POST .../factors/{id}/verify/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let transaction = current(org, call)?;
    let State::MfaChallenge { factor: id } = &transaction.state else { return Err(error::WRONG_STATE.into()) };
    let factor = asked_for(org, call, &transaction)?;
    if factor.id != *id {
        return Err(error::NOT_PERMITTED.into());
    }
    start(org, call, &transaction, &factor)?;
    Ok(stay(org, transaction)?)
}

/// The factor in the path, if it may be proved now.
fn asked_for(org: &Org, call: &Call, transaction: &Transaction) -> Result<Factor, ApiError> {
    let id = call.in_path("factor");
    let user = org.user(&transaction.user)?;
    if let Some(factor) = allowed_now(org, user, transaction)?.find(|factor| factor.id == id) {
        return Ok(factor.clone());
    }
    let exists = org.users.iter().any(|user| user.factor(id).is_some());
    Err(if exists {
        error::NOT_PERMITTED.into()
    } else {
        error::NOT_FOUND.about(&format!("Resource not found: {id} (UserFactor)"))
    })
}

fn start(org: &mut Org, call: &Call, transaction: &Transaction, factor: &Factor) -> Result<(), ApiError> {
    let Some(channel) = message::channel(factor.kind) else {
        return Err(error::MISSING.because("passCode: The field cannot be left blank"));
    };
    let user = org.user(&transaction.user)?.clone();
    message::send_code(org, call.now, &user, factor, channel)
}

/// Counts a wrong proof; too many lock the user out.
fn count_against(
    org: &mut Org,
    call: &Call,
    transaction: &Transaction,
    refused: ApiError,
) -> Result<ApiError, ApiError> {
    if refused.code != error::INVALID_PASSCODE {
        return Ok(refused);
    }
    let limit = org.settings.max_wrong_proofs;
    let user = org.user_mut(&transaction.user)?;
    user.wrong_proofs += 1;
    if user.wrong_proofs < limit {
        return Ok(refused);
    }
    org.lock_out(&transaction.user, call.now)?;
    Ok(error::USER_LOCKED.into())
}

fn remember_device(org: &mut Org, call: &Call, transaction: &Transaction) -> Result<(), ApiError> {
    if !call.asks_for("rememberDevice") {
        return Ok(());
    }
    let until = match org.sign_on_policy(org.user(&transaction.user)?)?.prompt {
        Prompt::Device => None,
        Prompt::Session(time) => Some(call.now.after(time)),
        Prompt::Always => return Ok(()),
    };
    org.devices.remember(&call.device, &transaction.user, until);
    Ok(())
}
