//! Verifying a factor: start, complete, poll. A proof is recorded in the cookie.

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
    cookie::SentPush,
    hook::{self, Hook, Shared},
    http::{Caller, FactorId},
    json::Members,
    operations::{proof::PROOF_LIFETIME, set_cookie},
    org::{
        OrgError,
        factors::{Factor, Outcome},
    },
    problem::{Code, Problem},
    timestamp,
};

/// The state of a verification.
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
        /// `None` if the factor was verified but does not count as a proof of the user's identity.
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
    // Anyone who found the page open could have started a pending factor.
    if factor.status != "ACTIVE" {
        return Err(Code::NotPermitted.into());
    }
    caller.count_proof(&hook).await?;
    let sent_at = hook::now();
    let outcome = hook.org.verify(caller.id(), &factor.id, &proof).await;
    let outcome = outcome.map_err(|error| refused(proved_by, error));
    let outcome = outcome.inspect_err(|problem| caller.log_wrong_proof(&factor.factor_type, problem))?;
    if let (Some(transaction), "WAITING") = (outcome.transaction(), outcome.factor_result.as_str()) {
        caller.cookie.sent_push = Some(SentPush { transaction: transaction.to_owned(), at: sent_at });
    }
    answer(&hook, caller, &factor, &outcome, sent_at)
}

/// `GET /factors/{id}/transactions/{transaction}`: polls the last push; other ids are not found.
pub async fn transaction(
    State(hook): State<Shared>,
    id: FactorId,
    Path((_, transaction)): Path<(String, String)>,
    caller: Caller,
) -> Result<Response, Problem> {
    let sent = caller.cookie.sent_push.clone().filter(|sent| sent.transaction == transaction);
    let sent = sent.ok_or(Code::NotFound)?;
    let factor = own(&hook, &caller, &id).await?;
    let outcome = hook.org.transaction(caller.id(), &factor.id, &sent.transaction).await?;
    answer(&hook, caller, &factor, &outcome, sent.at)
}

fn refused(proved_by: ProvedBy, error: OrgError) -> Problem {
    if proved_by == ProvedBy::Answer && error.refused("E0000068").is_some() {
        return Code::WrongAnswer.into();
    }
    error.into()
}

/// The response for a verification that was started at this time. A success counts from then on, so polling an old
/// one again does not renew it.
fn answer(
    hook: &Hook,
    mut caller: Caller,
    factor: &Factor,
    outcome: &Outcome,
    sent_at: i64,
) -> Result<Response, Problem> {
    let result = match outcome.factor_result.as_str() {
        "SUCCESS" => {
            let until = caller.is_proved_by(factor).then_some(sent_at + PROOF_LIFETIME);
            caller.cookie.sent_push = None;
            caller.cookie.proved_until = caller.cookie.proved_until.max(until);
            Progress::Success { proved_until: until.map(timestamp::format) }
        }
        "CHALLENGE" => Progress::Challenge { challenge: outcome.challenge().and_then(view::challenge) },
        "WAITING" => {
            let transaction_id = caller.cookie.sent_push.as_ref().map(|sent| sent.transaction.clone());
            Progress::Waiting { transaction_id: transaction_id.ok_or(Code::OrgFailed)? }
        }
        "REJECTED" | "CANCELLED" => {
            caller.proof_failed(&factor.factor_type);
            Progress::Rejected
        }
        "TIMEOUT" => Progress::Timeout,
        "TIME_WINDOW_EXCEEDED" | "PASSCODE_REPLAYED" => {
            caller.proof_failed(&factor.factor_type);
            return Err(Code::WrongCode.into());
        }
        _ => return Err(Code::OrgFailed.into()),
    };
    Ok((set_cookie(hook, &caller.cookie)?, Json(result)).into_response())
}
