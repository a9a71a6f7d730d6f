//! Moving through a transaction without proving anything: back, past what may be put off, and out.

use serde_json::json;

use crate::{
    authn::progress::{current, proceed, stay},
    call::{Answer, Call, Refusal},
    error,
    org::{Org, transaction::State},
};

/// `POST .../previous`.
pub(crate) fn previous(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    transaction.state = match transaction.state {
        // A user without a password came from another list.
        State::MfaChallenge { .. } if transaction.amr.is_empty() => State::Unauthenticated,
        State::MfaChallenge { .. } => State::MfaRequired,
        State::MfaEnrollActivate(enrolment) => State::MfaEnroll { may_skip: enrolment.may_skip },
        _ => return Err(error::WRONG_STATE.into()),
    };
    Ok(stay(org, call, transaction)?)
}

/// `POST .../skip`.
pub(crate) fn skip(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    match transaction.state {
        State::PasswordWarn { .. } => transaction.done.password_warning = true,
        State::MfaEnroll { may_skip: true } => transaction.done.enrolment = true,
        _ => return Err(error::WRONG_STATE.into()),
    }
    Ok(proceed(org, call, transaction)?)
}

/// `POST .../cancel`: the state token is void.
pub(crate) fn cancel(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let transaction = current(org, call)?;
    org.transactions.remove(&transaction.token);
    Ok(Answer::Json(match transaction.relay_state {
        Some(relay_state) => json!({ "relayState": relay_state }),
        None => json!({}),
    }))
}

/// `POST .../poll`: whether the org is done thinking.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let State::Poll { until } = transaction.state else { return Err(error::WRONG_STATE.into()) };
    if call.now < until {
        return Ok(stay(org, call, transaction)?);
    }
    transaction.done.waiting = true;
    Ok(proceed(org, call, transaction)?)
}
