//! Proving a factor without a sign-in. A code that is sent here can be spent in a sign-in, for a
//! factor has one code, whoever asked for it.

use serde_json::json;

use super::{factors::active, not_found, user};
use crate::{
    authn::{message, proof},
    call::{Answer, Call, Refusal},
    error,
    org::{
        Org,
        factor::{Factor, Held},
        push::{Push, SentPush},
        transaction::Awaited,
        user::{Standing, User},
    },
    wire::admin::factor,
};

/// `POST .../factors/{id}/verify`: with a proof, or to start a challenge.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let factor = active(&user, call)?;
    if matches!(user.standing, Standing::LockedOut { .. }) {
        return Err(error::USER_LOCKED.into());
    }
    if proof::came(call) {
        return prove(org, call, &user, factor);
    }
    if let Some(channel) = message::channel(factor.kind) {
        message::send_code(org, call.now, &user, &factor, channel)?;
        return Ok(Answer::Json(factor::challenged(org, &user, &factor)));
    }
    match &factor.held {
        Held::App(app) => {
            let push = Push::send(app, &mut org.random, call.now);
            let id = org.random.id("v2");
            let shown = factor::pushed(org, &user, &factor, &push, &id);
            org.sent_pushes.insert(id, SentPush { user: user.id, factor: factor.id, push });
            Ok(Answer::Json(shown))
        }
        Held::Key(_) => {
            let challenge = org.random.challenge();
            org.asked_keys.insert(factor.id.clone(), (challenge.clone(), call.now));
            Ok(Answer::Json(factor::asked(org, &user, &factor, &challenge)))
        }
        Held::Question(_) => Err(error::MISSING.because("answer: The field cannot be left blank").into()),
        Held::Totp(_) | Held::Token(_) => {
            Err(error::MISSING.because("passCode: The field cannot be left blank").into())
        }
        _ => Err(error::NOT_PERMITTED.into()),
    }
}

fn prove(org: &mut Org, call: &Call, user: &User, mut factor: Factor) -> Result<Answer, Refusal> {
    let asked =
        org.asked_keys.get(&factor.id).map(|(challenge, _)| Awaited::Signature { challenge: challenge.clone() });
    let checked = proof::check(org, call, user, &mut factor, asked.as_ref());
    let limit = org.settings.max_wrong_proofs;
    let kept = org.user_mut(&user.id)?;
    if let Some(one) = kept.factor_mut(&factor.id) {
        one.held = factor.held;
    }
    match checked {
        Ok(()) => {
            kept.used(&factor.id);
            org.asked_keys.remove(&factor.id);
            Ok(Answer::Json(json!({ "factorResult": "SUCCESS" })))
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
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    if user.factor(call.in_path("factor")).is_none() {
        return super::enroll::resend(org, call);
    }
    let factor = active(&user, call)?;
    let channel = message::channel(factor.kind).ok_or(error::NOT_PERMITTED)?;
    message::send_code(org, call.now, &user, &factor, channel)?;
    Ok(Answer::Json(factor::active(org, &user, &factor)))
}

/// `GET .../factors/{id}/transactions/{transaction}`: how a push stands.
pub(crate) fn transaction(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let factor = active(&user, call)?;
    let id = call.in_path("transaction");
    let sent = org.sent_pushes.get_mut(id).filter(|sent| sent.factor == factor.id);
    let push = sent.map(|sent| {
        sent.push.look(call.now);
        sent.push.clone()
    });
    let push = push.ok_or_else(|| not_found(id, "FactorTransaction"))?;
    Ok(Answer::Json(factor::pushed(org, &user, &factor, &push, id)))
}

/// `DELETE .../factors/{id}/transactions/{transaction}`: the phone need not answer any more.
pub(crate) fn cancel(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let id = call.in_path("transaction");
    org.sent_pushes.remove(id).ok_or_else(|| not_found(id, "FactorTransaction"))?;
    Ok(Answer::Nothing)
}
