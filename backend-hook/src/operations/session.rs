//! The hook's session: opened with the widget's one-time session token, read, and closed together with the org's
//! session.

use axum::{Extension, Json, extract::State, http::StatusCode, response::IntoResponse};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::{clear_cookie, set_cookie};
use crate::{
    cookie::Contents,
    hook::{self, Shared},
    http::{Caller, Client},
    json::Members,
    problem::{Code, Problem},
    timestamp,
};

#[derive(Serialize)]
struct User {
    id: String,
    login: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    cookie_token: String,
    expires_at: String,
    user: User,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionResponse {
    user: User,
    expires_at: String,
    proved_until: Option<String>,
}

/// `POST /session`.
pub async fn open(
    State(hook): State<Shared>,
    Extension(Client(address)): Extension<Client>,
    mut members: Members,
) -> Result<impl IntoResponse, Problem> {
    hook.config.limits.sessions.count(&address)?;
    let token = members.secret("sessionToken", 1024);
    members.done()?;
    let opened = hook.org.open_session(token.expose_secret()).await?;
    let Some((session, at)) = opened else {
        tracing::warn!(client = %address, "a session token is not valid");
        return Err(Code::SessionTokenInvalid.into());
    };
    if session.status != "ACTIVE" {
        return Err(Code::NotPermitted.into());
    }
    let (Some(cookie_token), Some(expires)) = (session.cookie_token, timestamp::parse(&session.expires_at)) else {
        tracing::warn!("the org opened a session without a cookie token or an end");
        return Err(Code::OrgFailed.into());
    };
    let contents = Contents {
        user: session.user_id.clone(),
        session: session.id,
        // Factors are dated by the org's clock, which may differ from the hook's.
        opened: at.unwrap_or_else(hook::now),
        expires,
        proved_until: None,
        sent_push: None,
    };
    let user = User { id: session.user_id, login: session.login };
    let opened = Opened { cookie_token, expires_at: timestamp::format(expires), user };
    Ok((set_cookie(&hook, &contents)?, Json(opened)))
}

/// `GET /session`: renews the cookie, because the org may have extended its session.
pub async fn read(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    let shown = SessionResponse {
        user: User { id: caller.cookie.user.clone(), login: caller.login.clone() },
        expires_at: timestamp::format(caller.cookie.expires),
        proved_until: caller.proved_until().map(timestamp::format),
    };
    Ok((set_cookie(&hook, &caller.cookie)?, Json(shown)))
}

/// `DELETE /sessions`: all sessions of the user, this one included.
pub async fn close_all(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    hook.org.close_sessions(caller.id()).await?;
    tracing::info!(user = caller.id(), client = %caller.address, "all sessions were closed");
    Ok((StatusCode::NO_CONTENT, clear_cookie()))
}

/// `DELETE /session`.
pub async fn close(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    hook.org.close_session(&caller.cookie.session).await?;
    Ok((StatusCode::NO_CONTENT, clear_cookie()))
}
