//! Requests about sessions: open with a session token, read, close.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// What happens to the tokens that apps got with the sessions that are closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// They go on.
    Keep,
    /// They are revoked.
    Revoke,
}

/// A session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The id; a secret.
    pub id: String,
    /// The user's id.
    pub user_id: String,
    /// The login of that user.
    pub login: String,
    /// `ACTIVE` when the sign-in is complete.
    pub status: String,
    /// When it expires, in the org's format.
    pub expires_at: String,
    /// The token that sets the session cookie in a browser.
    #[serde(default)]
    pub cookie_token: Option<String>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").field("status", &self.status).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Token<'a> {
    session_token: &'a str,
}

impl Client {
    /// Exchanges a session token; `None` if it is not valid. Also returns the org's time (`Date`, RFC 9110 6.6.1) if
    /// present, because the response does not contain when the session was created.
    pub async fn open_session(&self, session_token: &str) -> Result<Option<(Session, Option<i64>)>, OrgError> {
        let request =
            OrgRequest::new(Method::POST, "open session", &["sessions"]).query("additionalFields=cookieToken");
        let body = serde_json::to_vec(&Token { session_token }).map_err(|_| OrgError::Unparsable("a body"))?;
        match self.send_dated(request.without_token().body(&body)).await {
            Ok(opened) => Ok(Some(opened)),
            Err(OrgError::Refused(refusal)) if matches!(refusal.status, 400 | 401 | 403) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A live session; `None` if there is none.
    pub async fn session(&self, id: &str) -> Result<Option<Session>, OrgError> {
        match self.send(OrgRequest::new(Method::GET, "read session", &["sessions", id])).await {
            Ok(session) => Ok(Some(session)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Closes all sessions of a user.
    pub async fn close_sessions(&self, user: &str, tokens: Tokens) -> Result<(), OrgError> {
        let request = OrgRequest::new(Method::DELETE, "close all sessions", &["users", user, "sessions"]);
        let request = if tokens == Tokens::Revoke { request.query("oauthTokens=true") } else { request };
        self.send_for_bytes(&request).await.map(|_| ())
    }

    /// Closes a session; succeeds if it is already closed.
    pub async fn close_session(&self, id: &str) -> Result<(), OrgError> {
        match self.send_for_bytes(&OrgRequest::new(Method::DELETE, "close session", &["sessions", id])).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_missing() => Ok(()),
            Err(error) => Err(error),
        }
    }
}
