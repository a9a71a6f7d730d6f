//! Structure of clients and authorization servers.

use serde::Deserialize;
use toml::Spanned;

use crate::org::{
    authorization_server::ClaimToken,
    client::{ClientType, Consent, GrantType, ResponseType},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "as OAuth names it")]
pub(in crate::seed) struct Client {
    pub(in crate::seed) client_id: Spanned<String>,
    #[serde(default)]
    pub(in crate::seed) label: Option<String>,
    #[serde(rename = "type")]
    pub(in crate::seed) kind: ClientType,
    #[serde(default)]
    pub(in crate::seed) secret: Option<Spanned<String>>,
    #[serde(default)]
    pub(in crate::seed) redirect_uris: Vec<Spanned<String>>,
    #[serde(default)]
    pub(in crate::seed) post_logout_redirect_uris: Vec<Spanned<String>>,
    /// By type if left out.
    #[serde(default)]
    pub(in crate::seed) grant_types: Option<Vec<GrantType>>,
    /// By grant type if left out.
    #[serde(default)]
    pub(in crate::seed) response_types: Option<Spanned<Vec<ResponseType>>>,
    /// Yes for a client without a secret, if left out.
    #[serde(default)]
    pub(in crate::seed) pkce_required: Option<bool>,
    #[serde(default)]
    pub(in crate::seed) consent: Consent,
    /// Yes for a browser, if left out.
    #[serde(default)]
    pub(in crate::seed) rotate_refresh_tokens: Option<bool>,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct AuthorizationServer {
    pub(in crate::seed) id: Spanned<String>,
    #[serde(default)]
    pub(in crate::seed) name: Option<String>,
    pub(in crate::seed) audiences: Spanned<Vec<String>>,
    #[serde(default)]
    pub(in crate::seed) scopes: Vec<String>,
    #[serde(default)]
    pub(in crate::seed) claims: Vec<Claim>,
    #[serde(default = "one_hour")]
    pub(in crate::seed) access_token_seconds: u64,
}

fn one_hour() -> u64 {
    60 * 60
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Claim {
    pub(in crate::seed) name: Spanned<String>,
    pub(in crate::seed) token: ClaimToken,
    /// A member of the user's profile.
    #[serde(default)]
    pub(in crate::seed) attribute: Option<String>,
    #[serde(default)]
    pub(in crate::seed) value: Option<toml::Value>,
    #[serde(default)]
    pub(in crate::seed) scopes: Vec<String>,
}
