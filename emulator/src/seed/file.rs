//! The structure of the seed file, with defaults.
//!
//! Not here: checks across values (`build.rs`).

mod directory;
mod openid;
mod policies;
mod users;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::org::engine::Engine;
pub(super) use toml::Spanned;

pub(super) use directory::{ApiToken, Group, IdentityProvider, Registration, RoutingRule};
pub(super) use openid::{AuthorizationServer, Claim, Client};
pub(super) use policies::{Access, Enroll, Password, Policies, Prompt, SignOn};
pub(super) use users::{Behaviour, Extra, Factor, Platform, Status, User};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) org: Org,
    #[serde(default)]
    pub(super) hashing: Hashing,
    #[serde(default)]
    pub(super) limits: Limits,
    #[serde(default)]
    pub(super) lifetimes: Lifetimes,
    #[serde(default)]
    pub(super) trusted_origins: Vec<TrustedOrigin>,
    #[serde(default)]
    pub(super) policies: Policies,
    #[serde(default)]
    pub(super) apps: Vec<App>,
    #[serde(default)]
    pub(super) clients: Vec<Client>,
    #[serde(default)]
    pub(super) authorization_servers: Vec<AuthorizationServer>,
    #[serde(default)]
    pub(super) api_tokens: Vec<ApiToken>,
    #[serde(default)]
    pub(super) groups: Vec<Group>,
    #[serde(default)]
    pub(super) identity_providers: Vec<IdentityProvider>,
    #[serde(default)]
    pub(super) routing_rules: Vec<RoutingRule>,
    #[serde(default)]
    pub(super) registration: Registration,
    #[serde(default)]
    pub(super) users: Vec<User>,
}

/// An application for a step-up; with `acs` one that takes SAML assertions at `/home/{name}/{id}/0`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    #[serde(default = "saml")]
    pub(super) protocol: String,
    #[serde(default)]
    pub(super) issuer: String,
    /// The assertion consumer service: where the browser posts the assertion.
    pub(super) acs: Option<Spanned<String>>,
    /// Whom the assertion is for; `acs` if left out.
    pub(super) audience: Option<String>,
    /// Attributes of the assertion by name. `{login}`, `{email}`, `{firstName}` and `{lastName}` stand for the user's.
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Vec<Spanned<String>>>,
}

fn saml() -> String {
    "SAML2.0".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Org {
    pub(super) name: String,
    #[serde(default)]
    pub(super) engine: Engine,
    /// Where browsers go after a failure at an identity provider.
    pub(super) idp_error_page: Option<Spanned<String>>,
}

/// The cost parameters of Argon2id.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Hashing {
    pub(super) memory_kib: Spanned<u32>,
    pub(super) iterations: u32,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { memory_kib: Spanned::new(0..0, 19 * 1024), iterations: 2 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Limits {
    /// Per user name.
    pub(super) sign_ins_per_second: u32,
    /// Per transaction and path.
    pub(super) calls_per_10_seconds: u32,
    pub(super) wrong_proofs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ins_per_second: 4, calls_per_10_seconds: 40, wrong_proofs: 5 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a unit belongs into a number's name")]
pub(super) struct Lifetimes {
    pub(super) state_token_seconds: u64,
    pub(super) session_token_seconds: u64,
    pub(super) code_seconds: u64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { state_token_seconds: 10 * 60, session_token_seconds: 5 * 60, code_seconds: 5 * 60 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrustedOrigin {
    pub(super) origin: Spanned<String>,
    pub(super) scopes: Vec<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Scope {
    Cors,
    Redirect,
}
