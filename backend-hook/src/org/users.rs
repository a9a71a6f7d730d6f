//! Requests about users: create, read, change credentials. Not here: which attributes a browser may set (`form.rs`).

use std::collections::BTreeMap;

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// A user to create.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// Profile attributes by name.
    pub profile: &'a BTreeMap<String, String>,
    /// The password.
    pub password: &'a SecretString,
    /// The groups to join, by id.
    pub groups: &'a [String],
}

/// A user.
#[derive(Debug, Deserialize)]
pub struct User {
    /// The id.
    pub id: String,
    /// The status, such as `ACTIVE`.
    pub status: String,
    /// The members of the profile that are used.
    pub profile: Profile,
}

/// The members of a profile that are used.
#[derive(Debug, Deserialize)]
pub struct Profile {
    /// The login.
    pub login: String,
}

#[derive(Serialize)]
struct Value<'a> {
    value: &'a str,
}

impl<'a> From<&'a SecretString> for Value<'a> {
    fn from(secret: &'a SecretString) -> Self {
        Self { value: secret.expose_secret() }
    }
}

#[derive(Serialize)]
struct Credentials<'a> {
    password: Value<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Create<'a> {
    profile: &'a BTreeMap<String, String>,
    credentials: Credentials<'a>,
    group_ids: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChangePassword<'a> {
    old_password: Value<'a>,
    new_password: Value<'a>,
    revoke_sessions: bool,
}

#[derive(Serialize)]
struct ChangeQuestion<'a> {
    password: Value<'a>,
    recovery_question: Question<'a>,
}

#[derive(Serialize)]
struct Question<'a> {
    question: &'a str,
    answer: &'a str,
}

impl Client {
    /// Creates an active user.
    pub async fn create_user(&self, user: &NewUser<'_>) -> Result<User, OrgError> {
        let body = Create {
            profile: user.profile,
            credentials: Credentials { password: user.password.into() },
            group_ids: user.groups,
        };
        self.post(OrgRequest::new(Method::POST, "create user", &["users"]).query("activate=true"), &body).await
    }

    /// A user; `None` if there is none.
    pub async fn user(&self, id: &str) -> Result<Option<User>, OrgError> {
        match self.send(OrgRequest::new(Method::GET, "read user", &["users", id])).await {
            Ok(user) => Ok(Some(user)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Changes a password.
    pub async fn change_password(
        &self,
        user: &str,
        old: &SecretString,
        new: &SecretString,
        revoke_sessions: bool,
    ) -> Result<(), OrgError> {
        let body = ChangePassword { old_password: old.into(), new_password: new.into(), revoke_sessions };
        self.credentials("change password", user, "change_password", &body).await
    }

    /// Changes the recovery question.
    pub async fn change_question(
        &self,
        user: &str,
        password: &SecretString,
        question: &str,
        answer: &SecretString,
    ) -> Result<(), OrgError> {
        let question = Question { question, answer: answer.expose_secret() };
        let body = ChangeQuestion { password: password.into(), recovery_question: question };
        self.credentials("change question", user, "change_recovery_question", &body).await
    }

    async fn credentials(
        &self,
        name: &'static str,
        user: &str,
        what: &str,
        body: &impl Serialize,
    ) -> Result<(), OrgError> {
        let body = serde_json::to_vec(body).map_err(|_| OrgError::Unparsable("a body"))?;
        let request = OrgRequest::new(Method::POST, name, &["users", user, "credentials", what]);
        self.send_for_bytes(&request.body(&body)).await.map(|_| ())
    }
}
