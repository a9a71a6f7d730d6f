//! The sessions API for the browser's own session, and the exchange of a session token for a session.

use serde_json::{Value, json};

use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        log::EventType,
        session::{Grant, IDLE, Session},
    },
    time::Timestamp,
    wire,
};

/// Spends a session token. Returns the cookie of the session, or `None` if the token is not valid.
pub(crate) fn open(org: &mut Org, token: &str, now: Timestamp) -> Option<String> {
    if let Some((cookie, expires)) = org.cookie_tokens.remove(token) {
        return Some(cookie).filter(|cookie| now < expires && org.live_session(Some(cookie), now).is_some());
    }
    let grant = org.grants.remove(token).filter(|grant| now < grant.expires)?;
    Some(of_grant(org, grant, now))
}

/// `POST /api/v1/sessions`: creates a session without a browser; `additionalFields=cookieToken` adds a
/// token for its cookie.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let cookie = open(org, call.input.required("sessionToken")?, call.now).ok_or(error::AUTHENTICATION_FAILED)?;
    let session = org.sessions.get(&cookie).ok_or(error::INTERNAL)?;
    let mut shown = wire::session::by_id(org, session)?;
    let wants = |name| {
        call.query.get("additionalFields").is_some_and(|fields| fields.split(',').any(|field| field.trim() == name))
    };
    // Identity Engine has no such member. The session token is spent all the same.
    if wants("cookieToken") && !org.is_upgraded() {
        let token = org.random.token();
        shown = shown.with("cookieToken", token.clone());
        org.cookie_tokens.insert(token, (cookie, call.now.after(org.settings.session_token_life)));
    }
    Ok(Reply::Json(shown.into()))
}

/// `POST /api/v1/users/me/lifecycle/delete_sessions`: closes the user's other sessions, or all.
pub(crate) fn close_all(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let own = org.live_session(call.session.as_deref(), call.now).ok_or(error::INVALID_SESSION)?;
    let user = own.user.clone();
    let keeps = match call.input.value("keepCurrent") {
        None | Some(Value::Null) => true,
        Some(Value::Bool(keeps)) => *keeps,
        Some(_) => return Err(error::NOT_WELL_FORMED.because("keepCurrent: must be a boolean").into()),
    };
    let current = call.session.as_deref().filter(|_| keeps);
    org.sessions.retain(|cookie, session| session.user != user || session.idx || Some(cookie.as_str()) == current);
    Ok(Reply::Json(json!({})))
}

/// Creates a session and returns its cookie.
pub(crate) fn of_grant(org: &mut Org, grant: Grant, now: Timestamp) -> String {
    // As in a classic org, the cookie is the session's id: command-line clients send the id of `POST /api/v1/sessions` as
    // `sid`.
    let cookie = org.random.id("102");
    let session = Session {
        id: cookie.clone(),
        user: grant.user,
        created: now,
        expires: now.after(IDLE),
        amr: grant.amr,
        factor_proved: grant.factor_proved,
        password_proved: grant.password_proved,
        idx: false,
        provider: grant.provider,
    };
    org.sessions.insert(cookie.clone(), session);
    cookie
}

/// Records that a browser has the session's cookie.
pub(crate) fn in_browser(org: &mut Org, cookie: &str) {
    let idx = org.is_upgraded();
    if let Some(session) = org.sessions.get_mut(cookie) {
        session.idx = idx;
    }
}

/// `GET /api/v1/sessions/me`.
pub(crate) fn me(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let session = org.live_session(call.session.as_deref(), call.now).ok_or_else(none)?;
    Ok(Reply::Json(wire::session::session(org, session)?))
}

/// `POST /api/v1/sessions/me/lifecycle/refresh`.
pub(crate) fn refresh(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let live = org.live_session(call.session.as_deref(), call.now).is_some();
    let cookie = call.session.as_deref().filter(|_| live).ok_or_else(none)?;
    if let Some(session) = org.sessions.get_mut(cookie) {
        session.expires = call.now.after(IDLE);
    }
    if call.prefers_minimal { Ok(Reply::Minimal) } else { me(org, call) }
}

/// `DELETE /api/v1/sessions/me`.
pub(crate) fn close(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = org.live_session(call.session.as_deref(), call.now).ok_or_else(none)?.user.clone();
    org.log_own(call.now, EventType::SessionEnd, &user);
    call.session.as_deref().map(|cookie| org.sessions.remove(cookie));
    Ok(Reply::SessionOver)
}

fn none() -> ApiError {
    error::NOT_FOUND.about("Resource not found: me (Session)")
}
