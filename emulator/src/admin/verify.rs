//! Verifying a factor outside a sign-in. A factor has one current code, so a code that is sent here also
//! works in a sign-in.

use serde_json::json;

use super::{factors::active, not_found, user};
use crate::{
    authn::{message, proof},
    call::{Call, Refusal, Reply},
    error,
    org::{
        Org,
        factor::{Factor, FactorData},
        push::{Push, SentPush},
        transaction::Awaited,
        user::{AccountStatus, User},
    },
    wire::admin::factor,
};

/// `POST .../factors/{id}/verify`: with a proof, or to start a challenge.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let factor = active(&user, call)?;
    if matches!(user.status, AccountStatus::LockedOut { .. }) {
        return Err(error::USER_LOCKED.into());
    }
    if proof::is_present(call) {
        return prove(org, call, &user, factor);
    }
    if let Some(channel) = message::channel(factor.kind) {
        message::send_code(org, call, &user, &factor, channel)?;
        return Ok(Reply::Json(factor::challenged(org, &user, &factor)));
    }
    match &factor.data {
        FactorData::App(app) => {
            let push = Push::send(app, &mut org.random, call.now);
            let id = org.random.id("v2");
            let shown = factor::pushed(org, &user, &factor, &push, &id);
            org.sent_pushes.insert(id, SentPush { user: user.id, factor: factor.id, push });
            Ok(Reply::Json(shown))
        }
        FactorData::Key(_) => {
            let challenge = org.random.challenge();
            org.key_challenges.insert(factor.id.clone(), (challenge.clone(), call.now));
            Ok(Reply::Json(factor::key_challenge(org, &user, &factor, &challenge)))
        }
        FactorData::Question(_) => Err(error::MISSING.because("answer: The field cannot be left blank").into()),
        FactorData::Totp(_) | FactorData::Token(_) => {
            Err(error::MISSING.because("passCode: The field cannot be left blank").into())
        }
        _ => Err(error::NOT_PERMITTED.into()),
    }
}

fn prove(org: &mut Org, call: &Call, user: &User, mut factor: Factor) -> Result<Reply, Refusal> {
    let awaited =
        org.key_challenges.get(&factor.id).map(|(challenge, _)| Awaited::Signature { challenge: challenge.clone() });
    let checked = proof::check(org, call, user, &mut factor, awaited.as_ref());
    let limit = org.settings.max_wrong_proofs;
    let kept = org.user_mut(&user.id)?;
    if let Some(one) = kept.factor_mut(&factor.id) {
        one.data = factor.data;
    }
    match checked {
        Ok(()) => {
            kept.used(&factor.id);
            org.key_challenges.remove(&factor.id);
            Ok(Reply::Json(json!({ "factorResult": "SUCCESS" })))
        }
        Err(Refusal::Api(refused)) if refused.code == error::INVALID_PASSCODE => {
            kept.wrong_proofs += 1;
            if kept.wrong_proofs < limit {
                return Err(refused.into());
            }
            org.lock_out(&user.id, call.now)?;
            Err(error::USER_LOCKED.into())
        }
        Err(other) => Err(other),
    }
}

/// `POST .../factors/{id}/verify/resend`, and `resend` of an active factor.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if user.factor(call.in_path("factor")).is_none() {
        return super::enroll::resend(org, call);
    }
    let factor = active(&user, call)?;
    let channel = message::channel(factor.kind).ok_or(error::NOT_PERMITTED)?;
    message::send_code(org, call, &user, &factor, channel)?;
    Ok(Reply::Json(factor::active(org, &user, &factor)))
}

/// `GET .../factors/{id}/transactions/{transaction}`: polls a push.
pub(crate) fn transaction(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let factor = active(&user, call)?;
    let id = call.in_path("transaction");
    let sent = org.sent_pushes.get_mut(id).filter(|sent| sent.factor == factor.id);
    let push = sent.map(|sent| {
        sent.push.poll(call.now);
        sent.push.clone()
    });
    let push = push.ok_or_else(|| not_found(id, "FactorTransaction"))?;
    Ok(Reply::Json(factor::pushed(org, &user, &factor, &push, id)))
}

/// `DELETE .../factors/{id}/transactions/{transaction}`: cancels a push.
pub(crate) fn cancel(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = call.in_path("transaction");
    org.sent_pushes.remove(id).ok_or_else(|| not_found(id, "FactorTransaction"))?;
    Ok(Reply::Nothing)
}
