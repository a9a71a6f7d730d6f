//! The links to a user's applications. Every user is assigned to every `[[apps]]`.
//!
//! Not here: what an application does with its link (`http/app_home.rs`).

use serde_json::Value;

use super::user;
use crate::{
    call::{Call, Refusal, Reply},
    error,
    org::{Org, user::User},
    wire,
};

/// `GET /api/v1/users/me/appLinks`: of the session's user.
pub(crate) fn own(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let session = org.live_session(call.session.as_deref(), call.now).ok_or(error::INVALID_SESSION)?;
    Ok(shown(org, org.user(&session.user)?))
}

/// `GET /api/v1/users/{id}/appLinks`.
pub(crate) fn of_user(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(shown(org, &user(org, call)?))
}

fn shown(org: &Org, user: &User) -> Reply {
    let links = org.apps.iter().enumerate().map(|(order, app)| wire::app_link::app_link(org, user, app, order));
    Reply::Json(links.collect::<Vec<Value>>().into())
}
