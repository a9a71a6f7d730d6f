//! The structure of the seed file, with defaults. Its comments are the reference of the configuration.
//!
//! Not here: checks across values (`build.rs`).

mod directory;
mod openid;
mod policies;
mod users;

use std::collections::BTreeMap;

use argon2::Params;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::org::engine::Engine;
pub(super) use toml::Spanned;

pub(super) use directory::{ApiToken, Group, IdentityProvider, Registration, RoutingRule};
pub(super) use openid::{AuthorizationServer, Claim, Client};
pub(super) use policies::{Access, Enroll, Password, Policies, Prompt, SignOn};
pub(super) use users::{Behaviour, Extra, Factor, Platform, Status, User};

/// The configuration of okta-emulator.
#[derive(Debug, Deserialize, JsonSchema)]
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

/// The org.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Org {
    /// The name that pages and mails show.
    pub(super) name: String,
    /// `identity` is a classic org after its upgrade to Identity Engine.
    #[serde(default)]
    pub(super) engine: Engine,
    /// Where browsers go when an identity provider refuses; the org's own page if left out.
    #[schemars(with = "Option<String>")]
    pub(super) idp_error_page: Option<Spanned<String>>,
}

/// The cost of Argon2id, which hashes passwords. The lowest one if left out: nobody's real password is in a test org, and a
/// start with the cost that is right for real ones takes seconds. Raise it to measure a sign-in as slow as a real one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Hashing {
    /// Memory in KiB, at least 8.
    #[schemars(with = "u32")]
    pub(super) memory_kib: Spanned<u32>,
    /// Iterations, at least 1.
    pub(super) iterations: u32,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { memory_kib: Spanned::new(0..0, Params::MIN_M_COST), iterations: Params::MIN_T_COST }
    }
}

/// How many calls are answered before 429, and how many wrong proofs end a transaction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Limits {
    /// Sign-ins a second, per user name.
    pub(super) sign_ins_per_second: u32,
    /// Calls in ten seconds, per transaction and path.
    pub(super) calls_per_10_seconds: u32,
    /// Wrong codes and answers of a user before the account is locked.
    pub(super) wrong_proofs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ins_per_second: 4, calls_per_10_seconds: 40, wrong_proofs: 5 }
    }
}

/// How long tokens and codes are valid.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a unit belongs into a number's name")]
pub(super) struct Lifetimes {
    /// A state token, since its last use.
    pub(super) state_token_seconds: u64,
    /// A session token.
    pub(super) session_token_seconds: u64,
    /// A code in a message.
    pub(super) code_seconds: u64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { state_token_seconds: 10 * 60, session_token_seconds: 5 * 60, code_seconds: 5 * 60 }
    }
}

/// A page that the org trusts. `--page-origin` adds one with both scopes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TrustedOrigin {
    /// Written like `http://localhost:8080`.
    #[schemars(with = "String")]
    pub(super) origin: Spanned<String>,
    /// What it is trusted for.
    pub(super) scopes: Vec<Scope>,
}

/// What an origin is trusted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Scope {
    /// Its pages may call the API.
    Cors,
    /// Browsers may be sent to it.
    Redirect,
}

/// An application for a step-up; with `acs` one that takes SAML assertions at `/home/{name}/{id}/0`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    /// Its id: `/step-up?app=` takes it.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// The name that people see.
    pub(super) label: String,
    /// The protocol.
    #[serde(default = "saml")]
    pub(super) protocol: String,
    /// The issuer, as the transaction names it.
    #[serde(default)]
    pub(super) issuer: String,
    /// The assertion consumer service: where the browser posts the assertion.
    #[schemars(with = "Option<String>")]
    pub(super) acs: Option<Spanned<String>>,
    /// Whom the assertion is for; `acs` if left out.
    pub(super) audience: Option<String>,
    /// Attributes of the assertion by name. `{login}`, `{email}`, `{firstName}` and `{lastName}` stand for the user's.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub(super) attributes: BTreeMap<String, Vec<Spanned<String>>>,
}

fn saml() -> String {
    "SAML2.0".to_owned()
}
