//! Proving a factor: starting a challenge, sending it again, asking how it stands, and looking at
//! the proof. By the factor's id, or by its type where a user has several.

use crate::{
    authn::{
        progress::{allowed_now, current, proceed, stay},
        proof, start,
    },
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::Factor,
        kind::Kind,
        policy::Prompt,
        push::PushAnswer,
        transaction::{Asked, Awaited, State, Transaction},
    },
};

/// `POST .../factors/{idOrType}/verify`: a proof is checked; without one a challenge starts, or
/// tells how it stands.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let (asked, factors) = asked_for(org, call, &transaction)?;
    let mut running = match &transaction.state {
        State::MfaRequired | State::Unauthenticated => None,
        State::MfaChallenge { asked: running, awaited } => (*running == asked).then(|| awaited.clone()),
        _ => return Err(error::WRONG_STATE.into()),
    };
    if proof::came(call) {
        return prove(org, call, transaction, factors, running.as_ref());
    }
    let first = factors.into_iter().next().ok_or(error::NOT_PERMITTED)?;
    let awaited = match running.as_mut().and_then(|awaited| look(awaited, call)) {
        Some(Look::Proved) => return proved(org, call, transaction, &first),
        Some(Look::Told) => running.ok_or(error::WRONG_STATE)?,
        None => {
            let user = org.user(transaction.user()?)?.clone();
            start::challenge(org, call, &user, &first)?
        }
    };
    transaction.state = State::MfaChallenge { asked, awaited };
    Ok(stay(org, call, transaction)?)
}

/// `POST .../factors/{id}/verify/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let State::MfaChallenge { asked: running, .. } = &transaction.state else { return Err(error::WRONG_STATE.into()) };
    let (asked, factors) = asked_for(org, call, &transaction)?;
    let factor = factors.first().filter(|factor| *running == asked && can_be_sent_again(factor.kind));
    let factor = factor.ok_or(error::NOT_PERMITTED)?;
    let user = org.user(transaction.user()?)?.clone();
    let awaited = start::challenge(org, call, &user, factor)?;
    transaction.state = State::MfaChallenge { asked, awaited };
    Ok(stay(org, call, transaction)?)
}

/// Whether a challenge can be repeated while it runs.
pub(crate) fn can_be_sent_again(kind: Kind) -> bool {
    matches!(kind, Kind::Sms | Kind::Call | Kind::Email | Kind::Push)
}

/// What a challenge says that is answered elsewhere.
enum Look {
    Proved,
    /// It still waits, or this is how it ended.
    Told,
}

/// How it stands; nothing if it has to start again.
fn look(awaited: &mut Awaited, call: &Call) -> Option<Look> {
    match awaited {
        Awaited::Push(push) if push.told => None,
        Awaited::Push(push) => match push.look(call.now) {
            PushAnswer::Approved => Some(Look::Proved),
            _ => Some(Look::Told),
        },
        Awaited::Duo { approved, .. } => Some(if *approved { Look::Proved } else { Look::Told }),
        _ => None,
    }
}

/// The factors that the path names, if they may be proved now.
fn asked_for(org: &Org, call: &Call, transaction: &Transaction) -> Result<(Asked, Vec<Factor>), ApiError> {
    let name = call.in_path("factor");
    let user = org.user(transaction.user()?)?;
    let allowed: Vec<&Factor> = allowed_now(org, user, transaction)?.collect();
    if let Some(factor) = allowed.iter().find(|factor| factor.id == name) {
        return Ok((Asked::Factor(name.to_owned()), vec![(*factor).clone()]));
    }
    let of_type: Vec<Factor> =
        allowed.into_iter().filter(|factor| factor.kind.factor_type() == name).cloned().collect();
    if !of_type.is_empty() {
        return Ok((Asked::Type(name.to_owned()), of_type));
    }
    let exists = org.users.iter().any(|user| user.factor(name).is_some());
    Err(if exists {
        error::NOT_PERMITTED.into()
    } else {
        error::NOT_FOUND.about(&format!("Resource not found: {name} (UserFactor)"))
    })
}

/// Looks at the proof: one of the factors has to have given it.
fn prove(
    org: &mut Org,
    call: &Call,
    transaction: Transaction,
    factors: Vec<Factor>,
    running: Option<&Awaited>,
) -> Result<Answer, Refusal> {
    let user = org.user(transaction.user()?)?.clone();
    let mut last = Refusal::from(error::NOT_PERMITTED);
    for mut factor in factors {
        let checked = proof::check(org, call, &user, &mut factor, running);
        if let Some(kept) = org.user_mut(&user.id)?.factor_mut(&factor.id) {
            kept.held = factor.held.clone();
        }
        match checked {
            Ok(()) => return proved(org, call, transaction, &factor),
            Err(refusal) => last = refusal,
        }
    }
    match last {
        Refusal::Api(refused) => Err(count_against(org, call, &transaction, refused)?.into()),
        needs @ Refusal::Needs(_) => Err(needs),
    }
}

/// The factor was proved: what that changes, and on to what is owed next.
fn proved(org: &mut Org, call: &Call, transaction: Transaction, factor: &Factor) -> Result<Answer, Refusal> {
    let transaction = note(org, call, transaction, factor)?;
    Ok(proceed(org, call, transaction)?)
}

/// Notes that the factor was proved.
pub(super) fn note(
    org: &mut Org,
    call: &Call,
    mut transaction: Transaction,
    factor: &Factor,
) -> Result<Transaction, ApiError> {
    org.user_mut(transaction.user()?)?.used(&factor.id);
    remember_device(org, call, &transaction)?;
    if factor.kind == Kind::Push && call.query.contains_key("autoPush") {
        org.devices.set_auto_push(&call.device, &factor.id, call.asks_for("autoPush"));
    }
    transaction.amr.push(factor.kind.amr());
    transaction.factors_proved += 1;
    Ok(transaction)
}

/// Counts a wrong proof; too many lock the user out.
fn count_against(
    org: &mut Org,
    call: &Call,
    transaction: &Transaction,
    refused: ApiError,
) -> Result<ApiError, ApiError> {
    if refused.code != error::INVALID_PASSCODE {
        return Ok(refused);
    }
    let limit = org.settings.max_wrong_proofs;
    let user = org.user_mut(transaction.user()?)?;
    user.wrong_proofs += 1;
    if user.wrong_proofs < limit {
        return Ok(refused);
    }
    org.lock_out(transaction.user()?, call.now)?;
    Ok(error::USER_LOCKED.into())
}

fn remember_device(org: &mut Org, call: &Call, transaction: &Transaction) -> Result<(), ApiError> {
    if !call.asks_for("rememberDevice") {
        return Ok(());
    }
    let user = transaction.user()?;
    let until = match org.sign_on_policy(org.user(user)?)?.prompt {
        Prompt::Device => None,
        Prompt::Session(time) => Some(call.now.after(time)),
        Prompt::Always => return Ok(()),
    };
    org.devices.remember(&call.device, user, until);
    Ok(())
}
