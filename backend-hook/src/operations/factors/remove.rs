//! Removes a factor. This weakens the account, so it requires a fresh proof.

use axum::{extract::State, http::StatusCode};

use super::own;
use crate::{
    hook::Shared,
    http::{Caller, FactorId},
    problem::{Code, Problem},
};

/// `DELETE /factors/{id}`.
pub async fn remove(State(hook): State<Shared>, id: FactorId, caller: Caller) -> Result<StatusCode, Problem> {
    let factor = own(&hook, &caller, &id).await?;
    // A pending factor does not protect the account yet.
    if factor.status == "ACTIVE" && caller.proved_until().is_none() {
        return Err(Code::FreshProofRequired.into());
    }
    hook.org.remove(caller.id(), &factor.id).await?;
    tracing::info!(user = caller.id(), factor_type = factor.factor_type, "a factor was removed");
    Ok(StatusCode::NO_CONTENT)
}
