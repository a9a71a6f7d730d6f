//! Starting a challenge: what is sent, asked or made up, by kind of factor. Enrolling a factor
//! starts the same way, so both are here.

use crate::{
    authn::message,
    call::Call,
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, Held},
        kind::Kind,
        push::{self, Push},
        transaction::{Awaited, NewApp},
        user::User,
    },
    time::Moment,
};

/// Asks the user to prove this factor.
pub(super) fn challenge(org: &mut Org, call: &Call, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    match &factor.held {
        Held::App(app) => Ok(Awaited::Push(Push::send(app, &mut org.random, call.now))),
        Held::Question(_) => Err(needs("answer")),
        Held::Password => Err(needs("password")),
        Held::Totp(_) | Held::Token(_) => Err(needs("passCode")),
        _ => common(org, call.now, user, factor),
    }
}

/// Asks the user to activate this factor.
pub(crate) fn activation(org: &mut Org, call: &Call, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    match &factor.held {
        Held::App(_) => Ok(Awaited::NewApp(new_app(org, call.now))),
        Held::Totp(_) => Ok(Awaited::Code { qr: Some(org.random.token()) }),
        _ => common(org, call.now, user, factor),
    }
}

/// An app that waits to be set up, with a QR code of its own.
pub(crate) fn new_app(org: &mut Org, now: Moment) -> NewApp {
    NewApp { qr: org.random.token(), expires: now.after(push::LIFE), set_up: false, timed_out: false }
}

fn common(org: &mut Org, now: Moment, user: &User, factor: &Factor) -> Result<Awaited, ApiError> {
    if let Some(channel) = message::channel(factor.kind) {
        message::send_code(org, now, user, factor, channel)?;
        return Ok(Awaited::Code { qr: None });
    }
    match factor.kind {
        Kind::Webauthn | Kind::U2f => Ok(Awaited::Signature { challenge: org.random.challenge() }),
        Kind::Duo => Ok(Awaited::Duo { nonce: org.random.challenge(), approved: false }),
        Kind::Saml | Kind::Oidc | Kind::ClaimsProvider => {
            Ok(Awaited::Return { key: org.random.challenge(), failed: None })
        }
        _ => Err(error::NOT_PERMITTED.into()),
    }
}

fn needs(member: &str) -> ApiError {
    error::MISSING.because(format!("{member}: The field cannot be left blank"))
}
