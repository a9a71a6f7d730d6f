//! Checks a password with the org's public sign-in: no management API does so without a change.

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// Result of checking a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// Correct.
    Right,
    /// Wrong.
    Wrong,
    /// The account is locked.
    Locked,
}

#[derive(Serialize)]
struct Credentials<'a> {
    username: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    status: String,
    #[serde(default)]
    state_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Token<'a> {
    state_token: &'a str,
}

impl Client {
    /// Whether this is the password of this login.
    pub async fn check_password(&self, login: &str, password: &SecretString) -> Result<PasswordCheck, OrgError> {
        let request = OrgRequest::new(Method::POST, "check password", &["authn"]).without_token();
        let body = Credentials { username: login, password: password.expose_secret() };
        let transaction: Transaction = match self.post(request, &body).await {
            Ok(transaction) => transaction,
            Err(error) if error.refused("E0000004").is_some() => return Ok(PasswordCheck::Wrong),
            Err(error) => return Err(error),
        };
        if transaction.status == "LOCKED_OUT" {
            return Ok(PasswordCheck::Locked);
        }
        if let Some(token) = &transaction.state_token {
            self.cancel(token).await;
        }
        Ok(PasswordCheck::Right)
    }

    /// Cancels the transaction. It would expire anyway, so errors are ignored.
    async fn cancel(&self, state_token: &str) {
        if let Ok(body) = serde_json::to_vec(&Token { state_token }) {
            let request = OrgRequest::new(Method::POST, "cancel sign-in", &["authn", "cancel"]).without_token();
            drop(self.send_for_bytes(&request.body(&body)).await);
        }
    }
}
