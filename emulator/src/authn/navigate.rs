//! Moves within a transaction without a proof: previous, skip, cancel, poll.

use serde_json::json;

use crate::{
    authn::progress::{current, proceed, save},
    call::{Call, Refusal, Reply},
    error,
    org::{Org, transaction::State},
};

/// `POST .../previous`.
pub(crate) fn previous(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    transaction.state = match transaction.state {
        // A user without a password started from UNAUTHENTICATED.
        State::MfaChallenge { .. } if transaction.amr.is_empty() => State::Unauthenticated,
        State::MfaChallenge { .. } => State::MfaRequired,
        State::MfaEnrollActivate(enrollment) => State::MfaEnroll { may_skip: enrollment.may_skip },
        _ => return Err(error::WRONG_STATE.into()),
    };
    Ok(save(org, call, transaction)?)
}

/// `POST .../skip`.
pub(crate) fn skip(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    match transaction.state {
        State::PasswordWarn { .. } => transaction.done.password_warning = true,
        State::MfaEnroll { may_skip: true } => transaction.done.enrollment = true,
        _ => return Err(error::WRONG_STATE.into()),
    }
    Ok(proceed(org, call, transaction)?)
}

/// `POST .../cancel`: invalidates the state token.
pub(crate) fn cancel(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let transaction = current(org, call)?;
    org.transactions.remove(&transaction.token);
    Ok(Reply::Json(match transaction.relay_state {
        Some(relay_state) => json!({ "relayState": relay_state }),
        None => json!({}),
    }))
}

/// `POST .../poll`: whether the org has finished its background work.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    let State::Poll { until } = transaction.state else { return Err(error::WRONG_STATE.into()) };
    if call.now < until {
        return Ok(save(org, call, transaction)?);
    }
    transaction.done.waiting = true;
    Ok(proceed(org, call, transaction)?)
}
