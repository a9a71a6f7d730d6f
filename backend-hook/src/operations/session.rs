//! The hook's session: opened with the widget's one-time session token, told of, ended together with the
//! org's.

use axum::{Extension, Json, extract::State, http::StatusCode, response::IntoResponse};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::{forget, remember};
use crate::{
    cookie::Contents,
    hook::{self, Shared},
    http::{Caller, Client},
    json::Members,
    moment,
    problem::{Code, Problem},
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
struct Shown {
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
    let (session, at) = opened.ok_or(Code::SessionTokenInvalid)?;
    if session.status != "ACTIVE" {
        return Err(Code::NotPermitted.into());
    }
    let (Some(cookie_token), Some(expires)) = (session.cookie_token, moment::parse(&session.expires_at)) else {
        tracing::warn!("the org opened a session without a cookie token or an end");
        return Err(Code::OrgFailed.into());
    };
    let contents = Contents {
        user: session.user_id.clone(),
        login: session.login.clone(),
        session: session.id,
        // The changes of factors are dated by the org's clock, which need not be the hook's.
        opened: at.unwrap_or_else(hook::now),
        expires,
        proved_until: None,
        asked: None,
    };
    let user = User { id: session.user_id, login: session.login };
    let opened = Opened { cookie_token, expires_at: moment::format(expires), user };
    Ok((remember(&hook, &contents)?, Json(opened)))
}

/// `GET /session`: sets the cookie anew, for the org may have prolonged its session.
pub async fn read(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    let shown = Shown {
        user: User { id: caller.cookie.user.clone(), login: caller.cookie.login.clone() },
        expires_at: moment::format(caller.cookie.expires),
        proved_until: caller.proved_until().map(moment::format),
    };
    Ok((remember(&hook, &caller.cookie)?, Json(shown)))
}

/// `DELETE /session`.
pub async fn close(State(hook): State<Shared>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    hook.org.close_session(&caller.cookie.session).await?;
    Ok((StatusCode::NO_CONTENT, forget()))
}
