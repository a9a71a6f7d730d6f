//! Sessions by their id.

use super::not_found;
use crate::{
    call::{Call, Refusal, Reply},
    error::ApiError,
    org::{Org, session::IDLE},
    wire,
};

/// The cookie of the session in the path, if it is live, and not of a browser that Identity Engine gave its cookie.
fn cookie(org: &Org, call: &Call) -> Result<String, ApiError> {
    let id = call.in_path("session");
    let live = org.sessions.iter().find(|(_, session)| session.id == id && !session.idx && call.now < session.expires);
    live.map(|(cookie, _)| cookie.clone()).ok_or_else(|| not_found(id, "Session"))
}

fn shown(org: &Org, cookie: &str) -> Result<Reply, Refusal> {
    match org.sessions.get(cookie) {
        Some(session) => Ok(Reply::Json(wire::session::by_id(org, session)?.into())),
        None => Err(not_found("", "Session").into()),
    }
}

/// `GET /api/v1/sessions/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let cookie = cookie(org, call)?;
    shown(org, &cookie)
}

/// `POST /api/v1/sessions/{id}/lifecycle/refresh`.
pub(crate) fn refresh(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let cookie = cookie(org, call)?;
    if let Some(session) = org.sessions.get_mut(&cookie) {
        session.expires = call.now.after(IDLE);
    }
    shown(org, &cookie)
}

/// `DELETE /api/v1/sessions/{id}`.
pub(crate) fn close(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let cookie = cookie(org, call)?;
    org.sessions.remove(&cookie);
    Ok(Reply::Nothing)
}
