//! The org's half of Duo: it signs a request and checks the response that comes back as a form.
//!
//! Not here: Duo's half (`http/duo_frame.rs`).

use crate::org::{
    Org,
    transaction::{Awaited, State},
};

/// The signed request. The org keeps the second half of the signature to itself.
pub(crate) fn request(nonce: &str) -> String {
    format!("TX|{nonce}:{}", own_half(nonce))
}

fn own_half(nonce: &str) -> String {
    format!("APP|{nonce}")
}

/// Duo's response to the first half of a request, if it is one.
pub(crate) fn response(transaction: &str) -> Option<String> {
    transaction.strip_prefix("TX|").map(|nonce| format!("AUTH|{nonce}"))
}

/// Checks Duo's response for this transaction and factor.
pub(crate) fn complete(org: &mut Org, state_token: &str, factor: &str, response: &str) -> bool {
    let Some(transaction) = org.transactions.get_mut(state_token) else { return false };
    let awaited = match &mut transaction.state {
        State::MfaChallenge { awaited, .. } => awaited,
        State::MfaEnrollActivate(enrollment) if enrollment.factor.id == factor => &mut enrollment.awaited,
        _ => return false,
    };
    let Awaited::Duo { nonce, approved } = awaited else { return false };
    *approved = response == format!("AUTH|{nonce}:{}", own_half(nonce));
    *approved
}
