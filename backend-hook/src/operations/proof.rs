//! Fresh proofs of the user's identity. A proof by password is here, proofs by factors are in `factors/verify.rs`;
//! both count for the same time.

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;

use super::set_cookie;
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

/// `POST /proof`.
pub async fn password(
    State(hook): State<Shared>,
    mut caller: Caller,
    mut members: Members,
) -> Result<impl IntoResponse, Problem> {
    let password = members.secret("password", 256);
    members.done()?;
    hook.config.limits.proofs.count(&caller.cookie.user)?;
    match hook.org.check_password(&caller.cookie.login, &password).await? {
        PasswordCheck::Right => {}
        PasswordCheck::Wrong => return Err(Code::WrongPassword.into()),
        PasswordCheck::Locked => return Err(Code::NotPermitted.into()),
    }
    let until = hook::now() + PROOF_LIFETIME;
    caller.cookie.proved_until = Some(until);
    Ok((set_cookie(&hook, &caller.cookie)?, Json(Proved { proved_until: timestamp::format(until) })))
}
