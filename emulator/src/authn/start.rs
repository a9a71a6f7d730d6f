//! Starts a challenge or an activation, per kind of factor: sends a code or push, creates a nonce.

use crate::{
    authn::{duo, message},
    call::Call,
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        push::{self, Push},
        transaction::{Awaited, NewApp},
        user::User,
    },
    time::Timestamp,
};

/// Starts the verification of this factor.
pub(super) fn challenge(org: &mut Org, call: &Call, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    match &factor.data {
        FactorData::App(app) => Ok(Awaited::Push(Push::send(app, &mut org.random, call.now))),
        FactorData::Question(_) => Err(needs("answer")),
        FactorData::Password => Err(needs("password")),
        FactorData::Totp(_) | FactorData::Token(_) => Err(needs("passCode")),
        _ => common(org, call, user, factor),
    }
}

/// Starts the activation of this factor.
pub(crate) fn activation(org: &mut Org, call: &Call, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    match &factor.data {
        FactorData::App(_) => Ok(Awaited::NewApp(new_app(org, call.now))),
        FactorData::Totp(_) => Ok(Awaited::Code { qr: Some(org.random.token()) }),
        _ => common(org, call, user, factor),
    }
}

/// An Okta Verify enrollment that waits for the app, with its own QR code.
pub(crate) fn new_app(org: &mut Org, now: Timestamp) -> NewApp {
    NewApp { qr: org.random.token(), expires: now.after(push::LIFE), set_up: false, timed_out: false }
}

fn common(org: &mut Org, call: &Call, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    if let Some(channel) = message::channel(factor.kind) {
        message::send_code(org, call, user, factor, channel)?;
        return Ok(Awaited::Code { qr: None });
    }
    match factor.kind {
        Kind::Webauthn | Kind::U2f => Ok(Awaited::Signature { challenge: org.random.challenge() }),
        Kind::Duo => {
            let expires = Some(call.now.after(duo::LIFE));
            Ok(Awaited::Duo { nonce: org.random.challenge(), approved: false, expires })
        }
        Kind::Saml | Kind::Oidc | Kind::ClaimsProvider => {
            Ok(Awaited::Return { key: org.random.challenge(), failed: None })
        }
        _ => Err(error::NOT_PERMITTED.into()),
    }
}

fn needs(member: &str) -> ApiError {
    error::MISSING.because(format!("{member}: The field cannot be left blank"))
}
