//! Proving a factor: started, made, waited for. A proof is noted in the cookie.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    kind::ProvedBy,
    own,
    view::{self, Challenge},
};
use crate::{
    cookie::Asked,
    hook::{self, Hook, Shared},
    http::{Caller, FactorId},
    json::Members,
    moment,
    operations::{proof::COUNTS_FOR, remember},
    org::{
        OrgError,
        factors::{Factor, Outcome},
    },
    problem::{Code, Problem},
};

/// How a proof stands.
#[derive(Debug, Serialize)]
#[serde(tag = "result", rename_all = "SCREAMING_SNAKE_CASE")]
enum Progress {
    Challenge {
        #[serde(skip_serializing_if = "Option::is_none")]
        challenge: Option<Challenge>,
    },
    #[serde(rename_all = "camelCase")]
    Waiting {
        transaction_id: String,
    },
    #[serde(rename_all = "camelCase")]
    Success {
        /// None when it works, but says nothing about who sits there.
        proved_until: Option<String>,
    },
    Rejected,
    Timeout,
}

/// `POST /factors/{id}/verify`.
pub async fn verify(
    State(hook): State<Shared>,
    id: FactorId,
    mut caller: Caller,
    members: Members,
) -> Result<Response, Problem> {
    let factor = own(&hook, &caller, &id).await?;
    let proved_by = ProvedBy::of(&factor.factor_type).ok_or(Code::NotPermitted)?;
    let proof = proved_by.read(members)?;
    // One that is being set up may be anyone's who found this page open.
    if factor.status != "ACTIVE" {
        return Err(Code::NotPermitted.into());
    }
    hook.config.limits.proofs.count(&caller.cookie.user)?;
    let asked_at = hook::now();
    let outcome = hook.org.verify(caller.id(), &factor.id, &proof).await;
    let outcome = outcome.map_err(|error| refused(proved_by, error))?;
    if let (Some(transaction), "WAITING") = (outcome.transaction(), outcome.factor_result.as_str()) {
        caller.cookie.asked = Some(Asked { transaction: transaction.to_owned(), at: asked_at });
    }
    answer(&hook, caller, &factor, &outcome, asked_at)
}

/// `GET /factors/{id}/transactions/{transaction}`: of the phone that was asked last, and of no other.
pub async fn transaction(
    State(hook): State<Shared>,
    id: FactorId,
    Path((_, transaction)): Path<(String, String)>,
    caller: Caller,
) -> Result<Response, Problem> {
    let asked = caller.cookie.asked.clone().filter(|asked| asked.transaction == transaction);
    let asked = asked.ok_or(Code::NotFound)?;
    let factor = own(&hook, &caller, &id).await?;
    let outcome = hook.org.transaction(caller.id(), &factor.id, &asked.transaction).await?;
    answer(&hook, caller, &factor, &outcome, asked.at)
}

fn refused(proved_by: ProvedBy, error: OrgError) -> Problem {
    if proved_by == ProvedBy::Answer && error.refused("E0000068").is_some() {
        return Code::WrongAnswer.into();
    }
    error.into()
}

/// Answers how a proof stands that was asked for at this time. A success counts from then on, so that looking
/// at an old one again does not make it younger.
fn answer(
    hook: &Hook,
    mut caller: Caller,
    factor: &Factor,
    outcome: &Outcome,
    asked_at: i64,
) -> Result<Response, Problem> {
    let result = match outcome.factor_result.as_str() {
        "SUCCESS" => {
            let until = caller.is_proved_by(factor).then_some(asked_at + COUNTS_FOR);
            caller.cookie.asked = None;
            caller.cookie.proved_until = caller.cookie.proved_until.max(until);
            Progress::Success { proved_until: until.map(moment::format) }
        }
        "CHALLENGE" => Progress::Challenge { challenge: outcome.challenge().and_then(view::challenge) },
        "WAITING" => {
            let transaction_id = caller.cookie.asked.as_ref().map(|asked| asked.transaction.clone());
            Progress::Waiting { transaction_id: transaction_id.ok_or(Code::OrgFailed)? }
        }
        "REJECTED" | "CANCELLED" => Progress::Rejected,
        "TIMEOUT" => Progress::Timeout,
        "TIME_WINDOW_EXCEEDED" | "PASSCODE_REPLAYED" => return Err(Code::WrongCode.into()),
        _ => return Err(Code::OrgFailed.into()),
    };
    Ok((remember(hook, &caller.cookie)?, Json(result)).into_response())
}
