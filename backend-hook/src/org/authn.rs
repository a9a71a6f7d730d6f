//! The public sign-in of the org, used for one question: is this the caller's password? The admin's side
//! has no call that tells without changing something.

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    client::{Ask, Client},
    error::OrgError,
};

/// What was found out about a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is right.
    Right,
    /// It is wrong.
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
        let ask = Ask::new(Method::POST, "check password", &["authn"]).without_token();
        let body = Credentials { username: login, password: password.expose_secret() };
        let transaction: Transaction = match self.post(ask, &body).await {
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

    /// The transaction was only a question. It would end by itself, so it does not matter if this fails.
    async fn cancel(&self, state_token: &str) {
        if let Ok(body) = serde_json::to_vec(&Token { state_token }) {
            let ask = Ask::new(Method::POST, "cancel sign-in", &["authn", "cancel"]).without_token();
            drop(self.bytes(&ask.body(&body)).await);
        }
    }
}
