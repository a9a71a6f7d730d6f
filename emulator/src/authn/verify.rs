//! Verifying a factor: start a challenge, resend, poll, check the proof. The path names a factor by id, or
//! by type if the user has several of a type.

use crate::{
    authn::{
        progress::{allowed_now, current, proceed, save},
        proof, start,
    },
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        factor::Factor,
        kind::Kind,
        log::{EventType, Party},
        policy::Prompt,
        push::PushResult,
        transaction::{Awaited, ChallengeTarget, State, Transaction},
    },
};

/// `POST .../factors/{idOrType}/verify`: with a proof it verifies; without one it starts a challenge, or
/// polls the running one.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    let (target, factors) = factors_in_path(org, call, &transaction)?;
    let mut running = match &transaction.state {
        State::MfaRequired | State::Unauthenticated => None,
        State::MfaChallenge { target: running, awaited } => (*running == target).then(|| awaited.clone()),
        _ => return Err(error::WRONG_STATE.into()),
    };
    if proof::is_present(call) {
        return prove(org, call, transaction, factors, running.as_ref());
    }
    let first = factors.into_iter().next().ok_or(error::NOT_PERMITTED)?;
    let awaited = match running.as_mut().and_then(|awaited| poll(awaited, call)) {
        Some(PollResult::Approved) => return proved(org, call, transaction, &first),
        Some(PollResult::Other) => running.ok_or(error::WRONG_STATE)?,
        None => {
            let user = org.user(transaction.user()?)?.clone();
            start::challenge(org, call, &user, &first)?
        }
    };
    transaction.state = State::MfaChallenge { target, awaited };
    Ok(save(org, call, transaction)?)
}

/// `POST .../factors/{id}/verify/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    let State::MfaChallenge { target: running, .. } = &transaction.state else { return Err(error::WRONG_STATE.into()) };
    let (target, factors) = factors_in_path(org, call, &transaction)?;
    let factor = factors.first().filter(|factor| *running == target && can_be_resent(factor.kind));
    let factor = factor.ok_or(error::NOT_PERMITTED)?;
    let user = org.user(transaction.user()?)?.clone();
    let awaited = start::challenge(org, call, &user, factor)?;
    transaction.state = State::MfaChallenge { target, awaited };
    Ok(save(org, call, transaction)?)
}

/// Whether the challenge of this kind can be resent.
pub(crate) fn can_be_resent(kind: Kind) -> bool {
    matches!(kind, Kind::Sms | Kind::Call | Kind::Email | Kind::Push)
}

/// The result of polling a challenge that is answered outside the page.
enum PollResult {
    Approved,
    /// Still waiting, or the result other than approval.
    Other,
}

/// Polls the challenge; `None` if it must be started again.
fn poll(awaited: &mut Awaited, call: &Call) -> Option<PollResult> {
    match awaited {
        Awaited::Push(push) if push.reported => None,
        Awaited::Push(push) => match push.poll(call.now) {
            PushResult::Approved => Some(PollResult::Approved),
            _ => Some(PollResult::Other),
        },
        Awaited::Duo { approved, .. } => Some(if *approved { PollResult::Approved } else { PollResult::Other }),
        _ => None,
    }
}

/// The factors that the path names, if they may be verified now.
fn factors_in_path(
    org: &Org,
    call: &Call,
    transaction: &Transaction,
) -> Result<(ChallengeTarget, Vec<Factor>), ApiError> {
    let name = call.in_path("factor");
    let user = org.user(transaction.user()?)?;
    let allowed: Vec<&Factor> = allowed_now(org, user, transaction)?.collect();
    if let Some(factor) = allowed.iter().find(|factor| factor.id == name) {
        return Ok((ChallengeTarget::Factor(name.to_owned()), vec![(*factor).clone()]));
    }
    let of_type: Vec<Factor> =
        allowed.into_iter().filter(|factor| factor.kind.factor_type() == name).cloned().collect();
    if !of_type.is_empty() {
        return Ok((ChallengeTarget::Type(name.to_owned()), of_type));
    }
    let exists = org.users.iter().any(|user| user.factor(name).is_some());
    Err(if exists {
        error::NOT_PERMITTED.into()
    } else {
        error::NOT_FOUND.about(&format!("Resource not found: {name} (UserFactor)"))
    })
}

/// Checks the proof against each of the factors.
fn prove(
    org: &mut Org,
    call: &Call,
    transaction: Transaction,
    factors: Vec<Factor>,
    running: Option<&Awaited>,
) -> Result<Reply, Refusal> {
    let user = org.user(transaction.user()?)?.clone();
    let mut last = Refusal::from(error::NOT_PERMITTED);
    for mut factor in factors {
        let checked = proof::check(org, call, &user, &mut factor, running);
        if let Some(kept) = org.user_mut(&user.id)?.factor_mut(&factor.id) {
            kept.data = factor.data.clone();
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

/// Records the verified factor and continues.
fn proved(org: &mut Org, call: &Call, transaction: Transaction, factor: &Factor) -> Result<Reply, Refusal> {
    let transaction = note(org, call, transaction, factor)?;
    Ok(proceed(org, call, transaction)?)
}

/// Records that the factor was verified.
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
    let user = Party::user(org.user(transaction.user()?)?);
    org.log(call.now, EventType::ViaMfa, user.clone(), vec![user, Party::factor(factor)]);
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
    let actor = Party::user(org.user(transaction.user()?)?);
    org.log_failure(call.now, EventType::ViaMfa, "INVALID_CREDENTIALS", actor);
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
