//! Structure of clients and authorization servers.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::org::{
    authorization_server::ClaimToken,
    client::{ClientType, Consent, GrantType, ResponseType},
};

/// A client of OpenID Connect: an application that people sign in to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "as OAuth names it")]
pub(in crate::seed) struct Client {
    /// Its id.
    #[schemars(with = "String")]
    pub(in crate::seed) client_id: Spanned<String>,
    /// The name that people see; the id if left out.
    #[serde(default)]
    pub(in crate::seed) label: Option<String>,
    /// The type of the application.
    #[serde(rename = "type")]
    pub(in crate::seed) kind: ClientType,
    /// The secret: required for `web` and `service`, and for no other.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) secret: Option<Spanned<String>>,
    /// Whole addresses, or paths at each trusted origin.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) redirect_uris: Vec<Spanned<String>>,
    /// Where a sign-out may end; written as `redirect_uris`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) post_logout_redirect_uris: Vec<Spanned<String>>,
    /// `authorization_code` if left out, for the type service `client_credentials`.
    #[serde(default)]
    pub(in crate::seed) grant_types: Option<Vec<GrantType>>,
    /// By grant types if left out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<ResponseType>>")]
    pub(in crate::seed) response_types: Option<Spanned<Vec<ResponseType>>>,
    /// True for a client without a secret if left out.
    #[serde(default)]
    pub(in crate::seed) pkce_required: Option<bool>,
    /// Whether people are asked what it may have.
    #[serde(default)]
    pub(in crate::seed) consent: Consent,
    /// Whether a refresh gives a new refresh token; true for the type browser if left out.
    #[serde(default)]
    pub(in crate::seed) rotate_refresh_tokens: Option<bool>,
    /// How long a refresh token works after its rotation.
    #[serde(default = "half_a_minute")]
    pub(in crate::seed) refresh_grace_seconds: u64,
}

fn half_a_minute() -> u64 {
    30
}

/// Without the secret.
impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Client({})", self.client_id.get_ref())
    }
}

/// A custom authorization server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct AuthorizationServer {
    /// Letters, digits, `-` and `_`: `/oauth2/ID` is its issuer.
    #[schemars(with = "String")]
    pub(in crate::seed) id: Spanned<String>,
    /// Its name; the id if left out.
    #[serde(default)]
    pub(in crate::seed) name: Option<String>,
    /// `aud` of its access tokens.
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) audiences: Spanned<Vec<String>>,
    /// Scopes beside `openid`, `profile`, `email`, `address`, `phone`, `groups` and `offline_access`.
    #[serde(default)]
    pub(in crate::seed) scopes: Vec<String>,
    /// Claims that it adds to tokens.
    #[serde(default)]
    pub(in crate::seed) claims: Vec<Claim>,
    /// How long access tokens are valid.
    #[serde(default = "one_hour")]
    pub(in crate::seed) access_token_seconds: u64,
}

fn one_hour() -> u64 {
    60 * 60
}

/// A claim of a custom authorization server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Claim {
    /// The name of the claim.
    #[schemars(with = "String")]
    pub(in crate::seed) name: Spanned<String>,
    /// The token that has it.
    pub(in crate::seed) token: ClaimToken,
    /// The member of the user's profile that is its value: either this or `value`.
    #[serde(default)]
    pub(in crate::seed) attribute: Option<String>,
    /// Its value: either this or `attribute`.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Value>")]
    pub(in crate::seed) value: Option<toml::Value>,
    /// It is added if one of these is granted; always if empty.
    #[serde(default)]
    pub(in crate::seed) scopes: Vec<String>,
}
