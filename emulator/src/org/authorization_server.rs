//! Authorization servers: the org's own, and custom ones with audiences, scopes and claims.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Org;

/// Scopes that every server has.
pub(crate) const STANDARD_SCOPES: [&str; 7] =
    ["openid", "profile", "email", "address", "phone", "groups", "offline_access"];

/// How long access tokens are valid, if the server says nothing.
pub(crate) const ACCESS_TOKEN_LIFE: Duration = Duration::from_hours(1);

/// An authorization server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AuthorizationServer {
    /// `None` for the org's own.
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) description: String,
    /// `aud` of its access tokens; the issuer if empty.
    pub(crate) audiences: Vec<String>,
    /// Scopes in addition to the standard ones.
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) access_token_life: Duration,
    /// An inactive one answers as one that does not exist.
    #[serde(default = "active")]
    pub(crate) active: bool,
}

/// In state files from before servers could be switched off.
fn active() -> bool {
    true
}

/// A claim that a custom server adds to tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub(crate) name: String,
    pub(crate) token: ClaimToken,
    pub(crate) value: ClaimValue,
    /// The claim is added if one of these is granted; always, if empty.
    pub(crate) scopes: Vec<String>,
}

/// The token that a claim is added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ClaimToken {
    Access,
    Id,
}

/// Where a claim's value comes from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimValue {
    /// A member of the user's profile; no claim if the profile lacks it.
    Attribute(String),
    /// The same for every user.
    Fixed(Value),
}

impl AuthorizationServer {
    /// The org's own server.
    pub(crate) fn of_org(name: &str) -> Self {
        Self {
            id: None,
            name: name.to_owned(),
            description: String::new(),
            audiences: Vec::new(),
            scopes: Vec::new(),
            claims: Vec::new(),
            access_token_life: ACCESS_TOKEN_LIFE,
            active: true,
        }
    }

    /// Path of its endpoints: `/oauth2` or `/oauth2/{id}`.
    pub(crate) fn path(&self) -> String {
        self.id.as_ref().map_or_else(|| "/oauth2".to_owned(), |id| format!("/oauth2/{id}"))
    }

    /// `iss` of its tokens.
    pub(crate) fn issuer(&self, org: &Org) -> String {
        if self.id.is_some() { org.url(&self.path()) } else { org.base.clone() }
    }

    /// Whether the scope can be asked for.
    pub(crate) fn has_scope(&self, name: &str) -> bool {
        STANDARD_SCOPES.contains(&name) || self.scopes.iter().any(|scope| scope == name)
    }
}

impl Org {
    /// The server of this id; the org's own without one.
    pub(crate) fn authorization_server(&self, id: Option<&str>) -> Option<AuthorizationServer> {
        match id {
            None => Some(AuthorizationServer::of_org(&self.name)),
            Some(id) => self.authorization_servers.iter().find(|one| one.id.as_deref() == Some(id)).cloned(),
        }
    }
}
