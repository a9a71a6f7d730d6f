//! The org's half of Duo: it signs a request and checks the response that comes back as a form.
//!
//! Not here: Duo's half (`http/duo_frame.rs`).

use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::org::{
    Org,
    transaction::{Awaited, State},
};

/// How long Duo waits for the person.
pub(crate) const LIFE: Duration = Duration::from_mins(5);

/// The signed request: two parts of the form `PREFIX|data|signature`, with a colon between them. Clients of Duo's Web SDK
/// check that form. The org keeps the second part to itself.
pub(crate) fn request(nonce: &str) -> String {
    format!("{}:{}", part("TX", nonce), part("APP", nonce))
}

/// One part. Data and signature are of the letters of base64, as of Duo's; the signature proves nothing, because both halves
/// of this Duo are the emulator.
fn part(prefix: &str, nonce: &str) -> String {
    let digest = Sha256::digest(nonce.as_bytes());
    let signature = HEXLOWER.encode(digest.get(..20).unwrap_or_default());
    format!("{prefix}|{}|{signature}", HEXLOWER.encode(nonce.as_bytes()))
}

/// Duo's response to the first part of a request, if it is one.
pub(crate) fn response(transaction: &str) -> Option<String> {
    let (data, _) = transaction.strip_prefix("TX|")?.split_once('|')?;
    let nonce = String::from_utf8(HEXLOWER.decode(data.as_bytes()).ok()?).ok()?;
    (part("TX", &nonce) == transaction).then(|| part("AUTH", &nonce))
}

/// Checks Duo's response for this transaction and factor.
pub(crate) fn complete(org: &mut Org, state_token: &str, factor: &str, response: &str) -> bool {
    let Some(transaction) = org.transactions.get_mut(state_token) else { return false };
    let awaited = match &mut transaction.state {
        State::MfaChallenge { awaited, .. } => awaited,
        State::MfaEnrollActivate(enrollment) if enrollment.factor.id == factor => &mut enrollment.awaited,
        _ => return false,
    };
    let Awaited::Duo { nonce, approved, .. } = awaited else { return false };
    *approved = response == format!("{}:{}", part("AUTH", nonce), part("APP", nonce));
    *approved
}
