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
    #[serde(rename = "_embedded", default)]
    embedded: Option<Embedded>,
}

#[derive(Deserialize)]
struct Embedded {
    #[serde(default)]
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Token<'a> {
    state_token: &'a str,
}

/// What the status of a new transaction says about the password: only these follow after the org has checked it. Others
/// begin without a password (`UNAUTHENTICATED`, `RECOVERY`) or are not documented after one.
fn result(status: &str) -> Option<PasswordCheck> {
    match status {
        "SUCCESS" | "MFA_REQUIRED" | "MFA_ENROLL" | "PASSWORD_WARN" | "PASSWORD_EXPIRED" => Some(PasswordCheck::Right),
        "LOCKED_OUT" => Some(PasswordCheck::Locked),
        _ => None,
    }
}

impl Client {
    /// Whether this is the password of this user, who signs in with this login.
    pub async fn check_password(
        &self,
        user: &str,
        login: &str,
        password: &SecretString,
    ) -> Result<PasswordCheck, OrgError> {
        let request = OrgRequest::new(Method::POST, "check password", &["authn"]).without_token();
        let body = Credentials { username: login, password: password.expose_secret() };
        let transaction: Transaction = match self.post(request, &body).await {
            Ok(transaction) => transaction,
            Err(error) if error.refused("E0000004").or(error.refused("E0000207")).is_some() => {
                return Ok(PasswordCheck::Wrong);
            }
            Err(error) => return Err(error),
        };
        if let Some(token) = &transaction.state_token {
            self.cancel(token).await;
        }
        let checked = result(&transaction.status);
        let checked_user = transaction.embedded.and_then(|embedded| embedded.user).map(|user| user.id);
        if checked == Some(PasswordCheck::Right) && checked_user.as_deref() != Some(user) {
            return Err(OrgError::Unparsable("a transaction of another user"));
        }
        checked.ok_or(OrgError::Unparsable("a transaction that proves no password"))
    }

    /// Cancels the transaction. It would expire anyway, so errors are ignored.
    async fn cancel(&self, state_token: &str) {
        if let Ok(body) = serde_json::to_vec(&Token { state_token }) {
            let request = OrgRequest::new(Method::POST, "cancel sign-in", &["authn", "cancel"]).without_token();
            drop(self.send_for_bytes(&request.body(&body)).await);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_statuses_after_a_password_prove_it() {
        for status in ["SUCCESS", "MFA_REQUIRED", "MFA_ENROLL", "PASSWORD_WARN", "PASSWORD_EXPIRED"] {
            assert_eq!(result(status), Some(PasswordCheck::Right), "{status}");
        }
        assert_eq!(result("LOCKED_OUT"), Some(PasswordCheck::Locked));
        for status in
            ["UNAUTHENTICATED", "RECOVERY", "RECOVERY_CHALLENGE", "PASSWORD_RESET", "MFA_CHALLENGE", "", "Success"]
        {
            assert_eq!(result(status), None, "{status}");
        }
    }
}
