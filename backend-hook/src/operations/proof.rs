//! Fresh proofs of the user's identity. A proof by password is here, proofs by factors are in `factors/verify.rs`;
//! both count for the same time.

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;

use super::{factors, set_cookie};
use crate::{
    hook::{self, Shared},
    http::Caller,
    json::Members,
    org::authn::PasswordCheck,
    problem::{Code, Problem},
    timestamp,
};

/// For how many seconds a proof counts.
pub const PROOF_LIFETIME: i64 = 300;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proved {
    proved_until: String,
}

/// `POST /proof`. A password alone proves nothing where a factor can: whoever learned it could remove the factors that
/// are to stop them.
pub async fn password(
    State(hook): State<Shared>,
    mut caller: Caller,
    mut members: Members,
) -> Result<impl IntoResponse, Problem> {
    let password = members.secret("password", 256);
    members.done()?;
    if factors::can_prove(&caller, &hook.org.factors(caller.id()).await?) {
        return Err(Code::FactorProofRequired.into());
    }
    caller.count_proof(&hook).await?;
    let refused = match hook.org.check_password(caller.id(), &caller.login, &password).await? {
        PasswordCheck::Right => None,
        PasswordCheck::Wrong => Some(Code::WrongPassword),
        PasswordCheck::Locked => Some(Code::NotPermitted),
    };
    if let Some(code) = refused {
        caller.proof_failed("password");
        return Err(code.into());
    }
    let until = hook::now() + PROOF_LIFETIME;
    caller.cookie.proved_until = Some(until);
    Ok((set_cookie(&hook, &caller.cookie)?, Json(Proved { proved_until: timestamp::format(until) })))
}
