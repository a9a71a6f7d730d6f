//! Is this the proof? One answer per kind of factor, the same for verifying and for activating.

use crate::{
    call::Call,
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, Held, TotpCheck},
        outbox::CodeCheck,
    },
};

/// Whether a proof of any kind came along.
pub(crate) fn came(call: &Call) -> bool {
    ["passCode", "answer"].iter().any(|name| call.input.has(name))
}

/// Looks at the proof that came. What it used up is noted in the org and in the factor.
pub(crate) fn check(org: &mut Org, call: &Call, factor: &mut Factor) -> Result<(), ApiError> {
    match &mut factor.held {
        Held::Question(question) => {
            let answer = call.input.required("answer")?;
            if question.is_answered_by(answer) { Ok(()) } else { Err(wrong("answer")) }
        }
        Held::Phone(_) | Held::Mailbox => match org.codes.spend(&factor.id, passcode(call)?, call.now) {
            CodeCheck::Right => Ok(()),
            CodeCheck::Wrong => Err(wrong("passcode")),
            CodeCheck::Expired => Err(error::CODE_OUTSIDE_WINDOW.into()),
        },
        Held::Totp(device) => match device.check(passcode(call)?, call.now) {
            TotpCheck::Right => Ok(()),
            TotpCheck::Wrong => Err(wrong("passcode")),
            TotpCheck::Reused => Err(error::CODE_REUSED.into()),
            TotpCheck::OutsideWindow => Err(error::CODE_OUTSIDE_WINDOW.into()),
        },
        Held::Nothing => Err(error::NOT_PERMITTED.into()),
    }
}

fn passcode(call: &Call) -> Result<&str, ApiError> {
    Ok(call.input.required("passCode")?.trim())
}

fn wrong(what: &str) -> ApiError {
    error::INVALID_PASSCODE.because(format!("Your {what} doesn't match our records. Please try again."))
}
