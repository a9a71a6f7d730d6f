//! Lists the users, and changes one: policies, lockout, age of the password, factors.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error_response;
use crate::{http::App, org::user::AccountStatus};

/// `GET /control/users`.
pub(super) async fn list(State(app): State<App>) -> Json<Value> {
    let org = app.org();
    let users = org.users.iter().map(|user| {
        let factors: Vec<&str> = user.factors.iter().map(|factor| factor.kind.key()).collect();
        json!({
            "id": user.id,
            "login": user.profile.login,
            "status": user.status.as_str(),
            "factors": factors,
            "activationToken": user.activation_token,
        })
    });
    Json(users.collect())
}

/// The changes; members that are left out stay as they are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Change {
    login: String,
    sign_on: Option<String>,
    password_policy: Option<String>,
    enroll: Option<String>,
    password_age_days: Option<u64>,
    password_expired: Option<bool>,
    locked_out: Option<bool>,
    setup_unfinished: Option<bool>,
    /// Removes all factors.
    #[serde(default)]
    reset_factors: bool,
}

/// `POST /control/users`.
pub(super) async fn change(State(app): State<App>, Json(change): Json<Change>) -> Response {
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
