//! Sessions of the org: made of a one-time token, looked at, ended.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    client::{Ask, Client},
    error::OrgError,
};

/// A session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Its id, which is as good as a password.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// The login of that user.
    pub login: String,
    /// `ACTIVE` when everything was proved.
    pub status: String,
    /// When it ends, as the org writes it.
    pub expires_at: String,
    /// With which a browser gets the session's cookie.
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
    /// Spends a session token; `None` if it is void. Comes with the time at which the org did so, by its own
    /// clock, where it tells (`Date`, RFC 9110 6.6.1): a session's creation is not in this answer.
    pub async fn open_session(&self, session_token: &str) -> Result<Option<(Session, Option<i64>)>, OrgError> {
        let ask = Ask::new(Method::POST, "open session", &["sessions"]).query("additionalFields=cookieToken");
        let body = serde_json::to_vec(&Token { session_token }).map_err(|_| OrgError::Nonsense("a body"))?;
        match self.ask_when(ask.without_token().body(&body)).await {
            Ok(opened) => Ok(Some(opened)),
            Err(OrgError::Refused(refusal)) if matches!(refusal.status, 400 | 401 | 403) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A session that lives; `None` if it does not.
    pub async fn session(&self, id: &str) -> Result<Option<Session>, OrgError> {
        match self.ask(Ask::new(Method::GET, "read session", &["sessions", id])).await {
            Ok(session) => Ok(Some(session)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Ends a session; one that is over already is fine.
    pub async fn close_session(&self, id: &str) -> Result<(), OrgError> {
        match self.bytes(&Ask::new(Method::DELETE, "close session", &["sessions", id])).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_missing() => Ok(()),
            Err(error) => Err(error),
        }
    }
}
