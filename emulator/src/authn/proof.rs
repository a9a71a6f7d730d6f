//! Checks a proof, per kind of factor; used for verification and for activation.

use serde_json::Value;

use crate::{
    call::{Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, FactorData},
        outbox::CodeCheck,
        password::Password,
        security_key::{self, Assertion, Attestation, Refused, SecurityKey, U2fKey},
        token::TokenCheck,
        totp::TotpCheck,
        transaction::Awaited,
        user::User,
    },
};

/// Members of the request that carry a proof.
const PROOFS: [&str; 6] = ["passCode", "answer", "password", "signatureData", "attestation", "registrationData"];

/// Whether the request carries a proof. An empty string does not count: Okta's own widget requests a
/// message with `passCode: ""`.
pub(crate) fn is_present(call: &Call) -> bool {
    let is_empty = |name| matches!(call.input.value(name), Some(Value::String(text)) if text.is_empty());
    PROOFS.iter().any(|name| call.input.has(name) && !is_empty(name))
}

/// Checks the proof. Codes and counters that it used up are recorded in the org and in the factor.
pub(crate) fn check(
    org: &mut Org,
    call: &Call,
    user: &User,
    factor: &mut Factor,
    awaited: Option<&Awaited>,
) -> Result<(), Refusal> {
    let Factor { id, data, .. } = factor;
    match data {
        FactorData::Question(question) => right(question.is_answered_by(call.input.required("answer")?), "answer"),
        FactorData::Phone(_) | FactorData::Mailbox => match org.codes.spend(id, passcode(call)?, call.now) {
            CodeCheck::Right => Ok(()),
            CodeCheck::Wrong => Err(wrong("passcode").into()),
            CodeCheck::Expired => Err(error::CODE_OUTSIDE_WINDOW.into()),
        },
        FactorData::Totp(device) => totp(device.check(passcode(call)?, call.now)),
        FactorData::Token(token) => self::token(token.check(passcode(call)?, call.now)),
        FactorData::Password => {
            let password = Password::new(call.input.required("password")?);
            let kept = user.password.hashed.as_ref().ok_or_else(|| wrong("password"))?;
            right(call.work.check(kept, &password)?, "password")
        }
        FactorData::Key(key) => {
            let Some(Awaited::Signature { challenge }) = awaited else { return Err(error::WRONG_STATE.into()) };
            let page = page(org, call)?;
            match key.as_deref_mut() {
                Some(SecurityKey::Webauthn(key)) => {
                    let assertion = assertion(call)?;
                    signed(security_key::authenticate(&org.name, &page, challenge, key, &assertion))
                }
                Some(SecurityKey::U2f(key)) => {
                    let (data, signature) = (bytes(call, "clientData")?, bytes(call, "signatureData")?);
                    signed(security_key::authenticate_u2f(&page, challenge, key, &data, &signature))
                }
                None => {
                    *key = Some(Box::new(registered(org, call, user, &page, challenge)?));
                    Ok(())
                }
            }
        }
        FactorData::App(_) | FactorData::Account { .. } => Err(error::NOT_PERMITTED.into()),
    }
}

/// Registers a key that the browser has just created.
fn registered(org: &Org, call: &Call, user: &User, page: &str, challenge: &str) -> Result<SecurityKey, Refusal> {
    let client_data = bytes(call, "clientData")?;
    if call.input.has("registrationData") {
        let registration = bytes(call, "registrationData")?;
        let key: Result<U2fKey, _> = security_key::register_u2f(page, challenge, &client_data, &registration);
        return key.map(SecurityKey::U2f).map_err(|why| unsigned(&why).into());
    }
    let known: Vec<_> = user
        .factors
        .iter()
        .filter_map(|factor| match &factor.data {
            FactorData::Key(Some(key)) => match &**key {
                SecurityKey::Webauthn(key) => Some(key),
                SecurityKey::U2f(_) => None,
            },
            _ => None,
        })
        .collect();
    let came = Attestation { attestation: bytes(call, "attestation")?, client_data };
    let key = security_key::register(&org.name, page, challenge, &known, &came);
    key.map(SecurityKey::Webauthn).map_err(|why| unsigned(&why).into())
}

/// The origin of the page. A key is bound to it, so it must be trusted. A server that calls on behalf of a
/// page has no `Origin` header; then the origin in the client data counts.
fn page(org: &Org, call: &Call) -> Result<String, ApiError> {
    let origin = match &call.origin {
        None if call.trusted => security_key::origin(&bytes(call, "clientData")?),
        origin => origin.clone(),
    };
    let origin = origin.filter(|origin| org.trusts_calls_from(origin));
    origin.ok_or_else(|| error::NOT_PERMITTED.because("The page's origin is not trusted."))
}

fn assertion(call: &Call) -> Result<Assertion, ApiError> {
    Ok(Assertion {
        client_data: bytes(call, "clientData")?,
        authenticator_data: bytes(call, "authenticatorData")?,
        signature: bytes(call, "signatureData")?,
    })
}

fn bytes(call: &Call, name: &str) -> Result<Vec<u8>, ApiError> {
    security_key::decode(call.input.required(name)?).ok_or_else(|| wrong("passcode"))
}

fn signed(checked: Result<(), Refused>) -> Result<(), Refusal> {
    checked.map_err(|why| unsigned(&why).into())
}

fn unsigned(why: &Refused) -> ApiError {
    tracing::info!(%why, "a security key was refused");
    wrong("passcode")
}

fn totp(check: TotpCheck) -> Result<(), Refusal> {
    token(check.into())
}

fn token(check: TokenCheck) -> Result<(), Refusal> {
    match check {
        TokenCheck::Right => Ok(()),
        TokenCheck::Wrong => Err(wrong("passcode").into()),
        TokenCheck::Reused => Err(error::CODE_REUSED.into()),
        TokenCheck::OutsideWindow => Err(error::CODE_OUTSIDE_WINDOW.into()),
        TokenCheck::Wants(prompt) => Err(error::WANTS_MORE.saying(prompt).into()),
    }
}

/// The code. Some command-line clients send it as `answer`, which orgs take.
fn passcode(call: &Call) -> Result<&str, ApiError> {
    let code = call.input.text("passCode")?.filter(|code| !code.is_empty());
    match code.or(call.input.text("answer")?) {
        Some(code) => Ok(code.trim()),
        None => Ok(call.input.required("passCode")?.trim()),
    }
}

fn right(is: bool, what: &str) -> Result<(), Refusal> {
    if is { Ok(()) } else { Err(wrong(what).into()) }
}

fn wrong(what: &str) -> ApiError {
    error::INVALID_PASSCODE.because(format!("Your {what} doesn't match our records. Please try again."))
}
