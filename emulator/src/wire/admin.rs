//! JSON of the management API. Links of a user contain a method instead of hints, and contact points are
//! not masked.

pub(crate) mod app;
pub(crate) mod authorization_server;
pub(crate) mod factor;
pub(crate) mod identity_provider;
pub(crate) mod log;
pub(crate) mod policy;
pub(crate) mod user;

use serde_json::{Value, json};

use crate::org::{Org, TrustedOrigin, directory::Group};

/// A group.
pub(crate) fn group(org: &Org, group: &Group) -> Value {
    json!({
        "id": group.id,
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "lastMembershipUpdated": org.started.iso(),
        "objectClass": ["okta:user_group"],
        "type": "OKTA_GROUP",
        "profile": { "name": group.name, "description": group.description },
        "_links": {
            "users": super::link::get(org, &format!("/api/v1/groups/{}/users", group.id)),
            "apps": super::link::get(org, &format!("/api/v1/groups/{}/apps", group.id)),
        },
    })
}

/// A trusted origin.
pub(crate) fn trusted_origin(org: &Org, trusted: &TrustedOrigin) -> Value {
    let scopes = [(trusted.cors, "CORS"), (trusted.redirect, "REDIRECT")];
    let scopes: Vec<Value> =
        scopes.into_iter().filter(|(has, _)| *has).map(|(_, name)| json!({ "type": name })).collect();
    let path = format!("/api/v1/trustedOrigins/{}", trusted.id);
    json!({
        "id": trusted.id,
        "name": trusted.name,
        "origin": trusted.origin,
        "status": "ACTIVE",
        "scopes": scopes,
        "_links": { "self": super::link::with_methods(org, &path, &["GET", "DELETE"]) },
    })
}
