//! Fresh proofs: that it is still the caller who sits there. A proof of the password is made here, those of
//! factors with the factors; both count for the same time.

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;

use super::remember;
use crate::{
    hook::{self, Shared},
    http::Caller,
    json::Members,
    moment,
    org::authn::PasswordCheck,
    problem::{Code, Problem},
};

/// How many seconds a proof counts.
pub const COUNTS_FOR: i64 = 300;

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
    let until = hook::now() + COUNTS_FOR;
    caller.cookie.proved_until = Some(until);
    Ok((remember(&hook, &caller.cookie)?, Json(Proved { proved_until: moment::format(until) })))
}
