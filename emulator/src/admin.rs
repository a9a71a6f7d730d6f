//! The org's management API, for programs with an API token: users, their credentials and factors,
//! policies, groups, identity providers, sessions, trusted origins, applications, authorization servers, the
//! schema of users, the system log.
//!
//! Not here: the check of the API token (`http/admin.rs`).

pub(crate) mod app_links;
mod app_settings;
pub(crate) mod apps;
pub(crate) mod authorization_servers;
pub(crate) mod credentials;
pub(crate) mod enroll;
pub(crate) mod factors;
pub(crate) mod groups;
pub(crate) mod identity_providers;
mod imported_password;
pub(crate) mod lifecycle;
mod log_filter;
pub(crate) mod logs;
pub(crate) mod new_user;
pub(crate) mod policies;
mod search;
pub(crate) mod sessions;
pub(crate) mod trusted_origins;
pub(crate) mod user_schema;
pub(crate) mod users;
pub(crate) mod verify;

use serde_json::Value;

use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        user::{User, UserId},
    },
};

/// Default length of a list.
const DEFAULT_LIMIT: usize = 200;

/// The user in the path: by id, by login, or by short name.
fn user(org: &Org, call: &Call) -> Result<User, ApiError> {
    let name = call.in_path("user");
    let found = org.users.iter().find(|user| user.id == name).or_else(|| org.user_named(name));
    found.cloned().ok_or_else(|| not_found(name, "User"))
}

/// The id of the user in the path.
fn user_id(org: &Org, call: &Call) -> Result<UserId, ApiError> {
    user(org, call).map(|user| user.id)
}

/// The error for an unknown object.
fn not_found(name: &str, what: &str) -> ApiError {
    error::NOT_FOUND.about(&format!("Resource not found: {name} ({what})"))
}

/// The part of a list that `limit` and `after` select. `items` are pairs of id and JSON.
fn page(call: &Call, path: &str, items: Vec<(String, Value)>) -> Result<Reply, Refusal> {
    let limit = match call.query.get("limit") {
        None => DEFAULT_LIMIT,
        Some(limit) => limit
            .parse()
            .ok()
            .filter(|limit| *limit > 0)
            .ok_or_else(|| error::VALIDATION.about("limit").and("limit: must be a number greater than 0"))?,
    };
    let start = match call.query.get("after") {
        Some(after) => items.iter().position(|(id, _)| id == after).map_or(0, |at| at + 1),
        None => 0,
    };
    let more = items.len() > start + limit;
    let part: Vec<(String, Value)> = items.into_iter().skip(start).take(limit).collect();
    let next = part.last().filter(|_| more).map(|(id, _)| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let kept = call.query.iter().filter(|(name, _)| !matches!(name.as_str(), "after" | "limit"));
        query.extend_pairs(kept).append_pair("after", id).append_pair("limit", &limit.to_string());
        format!("{path}?{}", query.finish())
    });
    Ok(Reply::Page(part.into_iter().map(|(_, item)| item).collect(), next))
}
