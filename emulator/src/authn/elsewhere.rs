//! Factors that are proved at an identity provider: the browser goes there and comes back, and the
//! page asks for the state of its transaction.

use crate::{
    authn::{enroll, verify},
    call::Call,
    error::ApiError,
    org::{
        Org,
        transaction::{Asked, Awaited, State, Transaction},
    },
};

/// What a client is told when the provider said no.
const FAILED: &str = "The identity provider could not verify your identity.";

/// The transaction that waits for the return with this key.
pub(crate) fn waiting<'a>(org: &'a Org, key: &str) -> Option<&'a Transaction> {
    org.transactions.values().find(|transaction| match &transaction.state {
        State::MfaChallenge { awaited, .. } => awaits(awaited, key),
        State::MfaEnrollActivate(enrolment) => awaits(&enrolment.awaited, key),
        _ => false,
    })
}

fn awaits(awaited: &Awaited, key: &str) -> bool {
    matches!(awaited, Awaited::Return { key: one, .. } if one == key)
}

/// The browser comes back: where to, with the state token. None if no one waits for it.
pub(crate) fn come_back(org: &mut Org, call: &Call, key: &str, passed: bool) -> Result<Option<String>, ApiError> {
    let Some(mut transaction) = waiting(org, key).cloned() else { return Ok(None) };
    if passed {
        let state = std::mem::replace(&mut transaction.state, State::Resume);
        transaction = match state {
            State::MfaEnrollActivate(enrolment) => enroll::note(org, call.now, transaction, enrolment.factor)?,
            State::MfaChallenge { asked: Asked::Factor(id), .. } => {
                let factor = org.user(transaction.user()?)?.factor(&id).cloned();
                match factor {
                    Some(factor) => verify::note(org, call, transaction, &factor)?,
                    None => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
    } else {
        let awaited = match &mut transaction.state {
            State::MfaChallenge { awaited, .. } => awaited,
            State::MfaEnrollActivate(enrolment) => &mut enrolment.awaited,
            _ => return Ok(None),
        };
        if let Awaited::Return { failed, .. } = awaited {
            *failed = Some(FAILED.to_owned());
        }
    }
    let page = transaction.page.as_deref().or_else(|| org.page()).unwrap_or(&org.base);
    let back = format!("{page}/?stateToken={}", transaction.token);
    org.transactions.insert(transaction.token.clone(), transaction);
    Ok(Some(back))
}
