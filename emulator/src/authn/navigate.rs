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
    match transaction.state {
        State::MfaChallenge { .. } => {
            transaction.state = State::MfaRequired;
            Ok(stay(org, transaction)?)
        }
        // What is owed is what it came from: the list.
        State::MfaEnrollActivate { may_skip, .. } => {
            transaction.state = State::MfaEnroll { may_skip };
            Ok(stay(org, transaction)?)
        }
        _ => Err(error::WRONG_STATE.into()),
    }
}

/// `POST .../skip`.
pub(crate) fn skip(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    match transaction.state {
        State::PasswordWarn { .. } => transaction.skipped.password_warning = true,
        State::MfaEnroll { may_skip: true } => transaction.skipped.enrolment = true,
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
