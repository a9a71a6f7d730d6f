//! An authorization server, its scopes, its claims, and its policy, which allows everything.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    org::{
        Org,
        authorization_server::{AuthorizationServer, Claim, ClaimToken, ClaimValue, STANDARD_SCOPES},
        client::GrantType,
    },
    wire::link,
};

/// An id of something that has none of its own, the same after every start.
fn id(prefix: &str, server: &AuthorizationServer, name: &str) -> String {
    let digest = HEXLOWER.encode(&Sha256::digest(format!("{} {name}", server.path())));
    format!("{prefix}{}", digest.get(..17).unwrap_or_default())
}

fn path(server: &AuthorizationServer) -> String {
    format!("/api/v1/authorizationServers/{}", server.id.as_deref().unwrap_or_default())
}

/// An authorization server.
pub(crate) fn authorization_server(org: &Org, server: &AuthorizationServer) -> Value {
    let path = path(server);
    let (status, lifecycle) = if server.active { ("ACTIVE", "deactivate") } else { ("INACTIVE", "activate") };
    let below = |name: &str| link::get(org, &format!("{path}/{name}"));
    let metadata = |name: &str| link::named(name, link::get(org, &format!("{}/.well-known/{name}", server.path())));
    json!({
        "id": server.id,
        "name": server.name,
        "description": server.description,
        "audiences": server.audiences,
        "issuer": server.issuer(org),
        "issuerMode": "ORG_URL",
        "status": status,
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "default": server.id.as_deref() == Some("default"),
        "_links": {
            "self": link::with_methods(org, &path, &["GET", "PUT", "DELETE"]),
            lifecycle: link::post(org, &format!("{path}/lifecycle/{lifecycle}")),
            "scopes": below("scopes"),
            "claims": below("claims"),
            "policies": below("policies"),
            "metadata": [metadata("oauth-authorization-server"), metadata("openid-configuration")],
        },
    })
}

/// The scopes: the standard ones first.
pub(crate) fn scopes(server: &AuthorizationServer) -> Value {
    let one = |name: &str, system: bool| {
        json!({
            "id": id("scp", server, name),
            "name": name,
            "displayName": name,
            "description": "",
            "consent": "IMPLICIT",
            "metadataPublish": "ALL_CLIENTS",
            "system": system,
            "default": false,
        })
    };
    let standard = STANDARD_SCOPES.into_iter().map(|name| one(name, true));
    standard.chain(server.scopes.iter().map(|name| one(name, false))).collect()
}

/// The server's own claims. A fixed value is written as the expression that stands for it.
pub(crate) fn claims(server: &AuthorizationServer) -> Value {
    let one = |claim: &Claim| {
        let kind = if claim.token == ClaimToken::Id { "IDENTITY" } else { "RESOURCE" };
        let value = match &claim.value {
            ClaimValue::Attribute(attribute) => format!("user.{attribute}"),
            ClaimValue::Fixed(value) => value.to_string(),
        };
        json!({
            "id": id("ocl", server, &format!("{kind} {}", claim.name)),
            "name": claim.name,
            "status": "ACTIVE",
            "claimType": kind,
            "valueType": "EXPRESSION",
            "value": value,
            "conditions": { "scopes": claim.scopes },
            "system": false,
            "alwaysIncludeInToken": true,
        })
    };
    server.claims.iter().map(one).collect()
}

/// The policy of the server.
pub(crate) fn policy(org: &Org, server: &AuthorizationServer) -> Value {
    let id = id("00p", server, "policy");
    let path = format!("{}/policies/{id}", path(server));
    json!({
        "type": "OAUTH_AUTHORIZATION_POLICY",
        "id": id,
        "name": "Default Policy",
        // Okta's client for Python refuses an empty one.
        "description": "Default policy of the server",
        "status": "ACTIVE",
        "priority": 1,
        "system": false,
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "conditions": { "clients": { "include": ["ALL_CLIENTS"] } },
        "_links": { "rules": link::get(org, &format!("{path}/rules")) },
    })
}

/// The rule of the policy.
pub(crate) fn rule(org: &Org, server: &AuthorizationServer) -> Value {
    let grants =
        [GrantType::AuthorizationCode, GrantType::Implicit, GrantType::RefreshToken, GrantType::ClientCredentials];
    json!({
        "type": "RESOURCE_ACCESS",
        "id": id("0pr", server, "rule"),
        "name": "Default Policy Rule",
        "status": "ACTIVE",
        "priority": 1,
        "system": false,
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "conditions": {
            "people": { "groups": { "include": ["EVERYONE"] } },
            "grantTypes": { "include": grants },
            "scopes": { "include": ["*"] },
        },
        "actions": { "token": { "accessTokenLifetimeMinutes": server.access_token_life.as_secs() / 60 } },
    })
}
