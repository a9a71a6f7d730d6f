//! Removes a factor. This weakens the account, so it requires a fresh proof.

use axum::{extract::State, http::StatusCode};

use super::own;
use crate::{
    hook::Shared,
    http::{Caller, FactorId},
    org::factors::Factor,
    problem::Problem,
};

/// `DELETE /factors/{id}`.
pub async fn remove(State(hook): State<Shared>, id: FactorId, caller: Caller) -> Result<StatusCode, Problem> {
    let factor = own(&hook, &caller, &id).await?;
    // A pending factor does not protect the account yet.
    if factor.status == "ACTIVE" {
        caller.must_be_proved()?;
    }
    hook.org.remove(caller.id(), &factor.id).await?;
    let Factor { factor_type, .. } = factor;
    tracing::info!(user = caller.id(), client = %caller.address, factor_type, "a factor was removed");
    Ok(StatusCode::NO_CONTENT)
}
