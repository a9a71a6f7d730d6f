//! Factors that are verified at an external identity provider: the browser goes to the provider and
//! returns, and the page then fetches the state of its transaction.

use crate::{
    authn::{enroll, verify},
    call::Call,
    error::ApiError,
    org::{
        Org,
        transaction::{Awaited, ChallengeTarget, State, Transaction},
    },
};

/// The message when the provider reports a failure.
const FAILED: &str = "The identity provider could not verify your identity.";

/// The transaction that expects a return with this key.
pub(crate) fn waiting<'a>(org: &'a Org, key: &str) -> Option<&'a Transaction> {
    org.transactions.values().find(|transaction| match &transaction.state {
        State::MfaChallenge { awaited, .. } => awaits(awaited, key),
        State::MfaEnrollActivate(enrollment) => awaits(&enrollment.awaited, key),
        _ => false,
    })
}

fn awaits(awaited: &Awaited, key: &str) -> bool {
    matches!(awaited, Awaited::Return { key: one, .. } if one == key)
}

/// Handles the browser's return. The result is the URL of the page with the state token, or `None`
/// if no transaction expects this key.
pub(crate) fn browser_returned(
    org: &mut Org,
    call: &Call,
    key: &str,
    passed: bool,
) -> Result<Option<String>, ApiError> {
    let Some(mut transaction) = waiting(org, key).cloned() else { return Ok(None) };
    if passed {
        let state = std::mem::replace(&mut transaction.state, State::Resume);
        transaction = match state {
            State::MfaEnrollActivate(enrollment) => enroll::note(org, call.now, transaction, enrollment.factor)?,
            State::MfaChallenge { target: ChallengeTarget::Factor(id), .. } => {
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
            State::MfaEnrollActivate(enrollment) => &mut enrollment.awaited,
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
