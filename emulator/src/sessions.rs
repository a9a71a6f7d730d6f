//! The sessions API for the browser's own session, and how a session token becomes one.

use crate::{
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        session::{Grant, IDLE, Session},
    },
    time::Moment,
    wire,
};

/// Spends a session token: the cookie of the new session, or nothing if the token is void.
pub(crate) fn open(org: &mut Org, token: &str, now: Moment) -> Option<String> {
    let grant = org.grants.remove(token).filter(|grant| now < grant.expires)?;
    Some(of_grant(org, grant, now))
}

/// The cookie of a new session.
pub(crate) fn of_grant(org: &mut Org, grant: Grant, now: Moment) -> String {
    let cookie = org.random.token();
    let session = Session {
        id: org.random.id("102"),
        user: grant.user,
        created: now,
        expires: now.after(IDLE),
        amr: grant.amr,
        factor_proved: grant.factor_proved,
        password_proved: grant.password_proved,
    };
    org.sessions.insert(cookie.clone(), session);
    cookie
}

/// `GET /api/v1/sessions/me`.
pub(crate) fn me(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let session = org.live_session(call.session.as_deref(), call.now).ok_or_else(none)?;
    Ok(Answer::Json(wire::session::session(org, session)?))
}

/// `POST /api/v1/sessions/me/lifecycle/refresh`.
pub(crate) fn refresh(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let live = org.live_session(call.session.as_deref(), call.now).is_some();
    let cookie = call.session.as_deref().filter(|_| live).ok_or_else(none)?;
    if let Some(session) = org.sessions.get_mut(cookie) {
        session.expires = call.now.after(IDLE);
    }
    if call.prefers_minimal { Ok(Answer::Minimal) } else { me(org, call) }
}

/// `DELETE /api/v1/sessions/me`.
pub(crate) fn close(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    org.live_session(call.session.as_deref(), call.now).ok_or_else(none)?;
    call.session.as_deref().map(|cookie| org.sessions.remove(cookie));
    Ok(Answer::SessionOver)
}

fn none() -> ApiError {
    error::NOT_FOUND.about("Resource not found: me (Session)")
}
