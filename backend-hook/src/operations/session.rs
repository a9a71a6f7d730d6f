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
    org::{OrgError, engine::Engine, sessions::Tokens},
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
    hook.limits.sessions.count(&address).await?;
    let token = members.secret("sessionToken", 1024);
    members.done()?;
    must_have_cookie_tokens(&hook).await?;
    let opened = hook.org.open_session(token.expose_secret()).await?;
    let Some((session, at)) = opened else {
        hook.forget_engine().await;
        tracing::warn!(client = %address, "a session token is not valid");
        return Err(Code::SessionTokenInvalid.into());
    };
    if session.status != "ACTIVE" {
        return Err(Code::NotPermitted.into());
    }
    let Some(expires) = timestamp::parse(&session.expires_at) else {
        tracing::warn!("the org opened a session without an end");
        return Err(Code::OrgFailed.into());
    };
    let Some(cookie_token) = session.cookie_token else {
        return Err(upgraded_meanwhile(&hook, &session.id).await);
    };
    let contents = Contents {
        user: session.user_id.clone(),
        session: Some(session.id),
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

/// Refuses, before the session token is used, where the org could not give a cookie token for it: the browser could not
/// be signed in any more.
async fn must_have_cookie_tokens(hook: &Shared) -> Result<(), Problem> {
    let why = match hook.engine().await {
        Ok(Engine::Classic) => return Ok(()),
        Ok(Engine::Other) => "the org's engine has no cookie tokens",
        Err(OrgError::Unreachable) => return Err(Code::OrgUnreachable.into()),
        Err(_) => "the org does not say which engine it has",
    };
    tracing::warn!(why, "no session is opened");
    Err(Code::SessionNotSupported.into())
}

/// The org was upgraded since it was asked for its engine. The session token is spent: the person has to sign in again.
async fn upgraded_meanwhile(hook: &Shared, session: &str) -> Problem {
    tracing::warn!("the org opened a session without a cookie token");
    hook.forget_engine().await;
    if hook.org.close_session(session).await.is_err() {
        tracing::warn!("a session that nobody can use stays open until it expires");
    }
    Code::SessionTokenInvalid.into()
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
    hook.org.close_sessions(caller.id(), Tokens::Revoke).await?;
    tracing::info!(user = caller.id(), client = %caller.address, "all sessions were closed");
    Ok((StatusCode::NO_CONTENT, clear_cookie()))
}

/// `DELETE /session`. Where the org's session is not known, all sessions of the user are closed: who signs out must not
/// stay signed in at the org.
pub async fn close(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    match &caller.cookie.session {
        Some(session) => hook.org.close_session(session).await?,
        None => hook.org.close_sessions(caller.id(), Tokens::Keep).await?,
    }
    Ok((StatusCode::NO_CONTENT, clear_cookie()))
}
