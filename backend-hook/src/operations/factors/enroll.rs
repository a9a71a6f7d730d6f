//! Enrolling a factor: start, resend the code, activate.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::Map;

use super::{
    kind::{self, Kind},
    own, view,
};
use crate::{
    hook::{Hook, Shared},
    http::{Caller, FactorId},
    json::Members,
    org::{OrgError, factors::Activation},
    problem::{Code, FieldErrorCode, Problem},
};

/// `POST /factors`. Requires a fresh proof: a factor of someone else's would let them in from then on. The activation
/// needs no other: only whom the code or the key was sent to can do it.
pub async fn enroll(
    State(hook): State<Shared>,
    caller: Caller,
    mut members: Members,
) -> Result<impl IntoResponse, Problem> {
    let (factor_type, provider) = (members.required("factorType", 50), members.required("provider", 50));
    let Some(kind) = Kind::of(&factor_type, &provider) else {
        let missing = factor_type.is_empty() || provider.is_empty();
        return match members.done() {
            Err(problem) if missing => Err(problem),
            _ => Err(Problem::field("factorType", FieldErrorCode::Invalid)),
        };
    };
    let profile = kind.profile(&mut members);
    members.done()?;
    caller.must_be_proved()?;
    let names = (factor_type.as_str(), provider.as_str());
    let made = hook.org.enroll(caller.id(), names, profile.as_ref(), Activation::ByProof).await;
    let factor = match made {
        Ok(factor) => factor,
        Err(error) => return Err(refused(&hook, &caller, kind, error).await),
    };
    let picture = match factor.qr_code() {
        Some(address) => hook.org.qr_picture(address).await.inspect_err(|_| {
            // The secret can also be typed.
            tracing::warn!("the picture of a QR code could not be had");
        }),
        None => Err(OrgError::Unparsable("no picture")),
    };
    tracing::info!(user = caller.id(), client = %caller.address, factor_type, "a factor was added");
    let shown = view::created(&factor, picture.as_deref().ok()).ok_or(Code::OrgFailed)?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// The org has one code for a duplicate factor and for an invalid profile; the user's list tells which it
/// is.
async fn refused(hook: &Hook, caller: &Caller, kind: Kind, error: OrgError) -> Problem {
    let OrgError::Refused(refusal) = &error else { return error.into() };
    match refusal.code.as_str() {
        "E0000001" => {
            let same = |one: &crate::org::factors::Factor| {
                one.status == "ACTIVE" && Kind::of(&one.factor_type, &one.provider) == Some(kind)
            };
            match hook.org.factors(caller.id()).await {
                Ok(factors) if factors.iter().any(same) => Code::AlreadySetUp.into(),
                Ok(_) => Problem::field(kind.main_member(), FieldErrorCode::Invalid),
                Err(error) => error.into(),
            }
        }
        "E0000098" => Problem::field("phoneNumber", FieldErrorCode::Invalid),
        "E0000121" => Problem::field("phoneExtension", FieldErrorCode::Invalid),
        _ => error.into(),
    }
}

/// `POST /factors/{id}/activate`.
pub async fn activate(
    State(hook): State<Shared>,
    id: FactorId,
    caller: Caller,
    members: Members,
) -> Result<impl IntoResponse, Problem> {
    let factor = own(&hook, &caller, &id).await?;
    let proof = kind::activation(Kind::of(&factor.factor_type, &factor.provider), members)?;
    if factor.status != "PENDING_ACTIVATION" {
        return Err(Code::AlreadySetUp.into());
    }
    caller.count_proof(&hook).await?;
    let active = hook.org.activate(caller.id(), &factor.id, &proof).await.map_err(Problem::from);
    let active = active.inspect_err(|problem| caller.log_wrong_proof(&factor.factor_type, problem))?;
    Ok(Json(view::listed(&active, caller.is_proved_by(&active))))
}

/// `POST /factors/{id}/resend`: for an active factor it sends the code of its verification.
pub async fn resend(
    State(hook): State<Shared>,
    id: FactorId,
    caller: Caller,
    members: Members,
) -> Result<StatusCode, Problem> {
    members.done()?;
    let factor = own(&hook, &caller, &id).await?;
    if !matches!(factor.factor_type.as_str(), "sms" | "call" | "email") {
        return Err(Code::NotFound.into());
    }
    caller.count_proof(&hook).await?;
    if factor.status == "PENDING_ACTIVATION" {
        hook.org.resend(caller.id(), &factor).await?;
    } else {
        hook.org.verify(caller.id(), &factor.id, &Map::new()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
