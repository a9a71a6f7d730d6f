//! Duo, as far as the org sees it: a signed request goes out, a signed response comes back by a
//! form. The other side of it is the fake Duo in `http/fake_duo.rs`.

use crate::org::{
    Org,
    transaction::{Awaited, State},
};

/// What the org signs, and keeps to itself the second half of.
pub(crate) fn request(nonce: &str) -> String {
    format!("TX|{nonce}:{}", own_half(nonce))
}

fn own_half(nonce: &str) -> String {
    format!("APP|{nonce}")
}

/// What Duo answers to the first half of a request, if that is one.
pub(crate) fn response(transaction: &str) -> Option<String> {
    transaction.strip_prefix("TX|").map(|nonce| format!("AUTH|{nonce}"))
}

/// Takes Duo's answer: whether it fits this transaction and factor.
pub(crate) fn complete(org: &mut Org, state_token: &str, factor: &str, response: &str) -> bool {
    let Some(transaction) = org.transactions.get_mut(state_token) else { return false };
    let awaited = match &mut transaction.state {
        State::MfaChallenge { awaited, .. } => awaited,
        State::MfaEnrollActivate(enrolment) if enrolment.factor.id == factor => &mut enrolment.awaited,
        _ => return false,
    };
    let Awaited::Duo { nonce, approved } = awaited else { return false };
    *approved = response == format!("AUTH|{nonce}:{}", own_half(nonce));
    *approved
}
