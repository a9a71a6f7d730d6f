//! Lists the users, and changes one: policies, lockout, age of the password, factors.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};

use super::error_response;
use crate::{http::App, org::user::AccountStatus};

/// A user of the org.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrgUser {
    /// The id.
    pub id: String,
    /// The whole login.
    pub login: String,
    /// The status of the account, such as `ACTIVE`.
    pub status: String,
    /// The kinds of the factors, as policies name them.
    pub factors: Vec<String>,
    /// What activates the account.
    pub activation_token: Option<String>,
}

/// `GET /control/users`.
pub(super) async fn list(State(app): State<App>) -> Json<Vec<OrgUser>> {
    let org = app.org();
    let users = org.users.iter().map(|user| OrgUser {
        id: user.id.clone(),
        login: user.profile.login.clone(),
        status: user.status.as_str().to_owned(),
        factors: user.factors.iter().map(|factor| factor.kind.key().to_owned()).collect(),
        activation_token: user.activation_token.clone(),
    });
    Json(users.collect())
}

/// The changes; members that are left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserChange {
    /// Whom to change.
    pub login: String,
    /// The sign-on policy, by name.
    pub sign_on: Option<String>,
    /// The password policy, by name.
    pub password_policy: Option<String>,
    /// The enrollment policy, by name.
    pub enroll: Option<String>,
    /// How long ago the password was set.
    pub password_age_days: Option<u64>,
    /// Whether it has expired.
    pub password_expired: Option<bool>,
    /// Whether the account is locked.
    pub locked_out: Option<bool>,
    /// Whether the org has the user finish the account first.
    pub setup_unfinished: Option<bool>,
    /// Removes all factors.
    #[serde(default)]
    pub reset_factors: bool,
}

impl UserChange {
    /// A change of this user that changes nothing yet.
    pub fn new(login: impl Into<String>) -> Self {
        Self { login: login.into(), ..Self::default() }
    }
}

/// `POST /control/users`.
pub(super) async fn change(State(app): State<App>, Json(change): Json<UserChange>) -> Response {
    let mut org = app.org();
    let now = org.clock.now();
    let known = [
        change.sign_on.as_ref().is_none_or(|name| org.policies.sign_on.contains_key(name)),
        change.password_policy.as_ref().is_none_or(|name| org.policies.password.contains_key(name)),
        change.enroll.as_ref().is_none_or(|name| org.policies.enroll.contains_key(name)),
    ];
    if known.contains(&false) {
        return error_response(StatusCode::BAD_REQUEST, "There is no policy of this name.");
    }
    let Some(id) = org.user_named(&change.login).map(|user| user.id.clone()) else {
        return error_response(StatusCode::NOT_FOUND, "There is no such user.");
    };
    let Ok(user) = org.user_mut(&id) else { return error_response(StatusCode::NOT_FOUND, "There is no such user.") };
    let policies = &mut user.policies;
    let named = [
        (&mut policies.sign_on, change.sign_on),
        (&mut policies.password, change.password_policy),
        (&mut policies.enroll, change.enroll),
    ];
    for (policy, name) in named {
        if let Some(name) = name {
            *policy = name;
        }
    }
    if let Some(days) = change.password_age_days {
        user.password.changed = now.before(Duration::from_hours(24 * days));
    }
    user.password.expired = change.password_expired.unwrap_or(user.password.expired);
    user.setup_unfinished = change.setup_unfinished.unwrap_or(user.setup_unfinished);
    match change.locked_out {
        Some(true) => user.status = AccountStatus::LockedOut { since: now },
        Some(false) => user.unlock(),
        None => {}
    }
    if change.reset_factors {
        user.factors.clear();
    }
    org.complete_factors();
    StatusCode::NO_CONTENT.into_response()
}
