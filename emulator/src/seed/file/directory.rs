//! Structure of API tokens, groups, identity providers, routing rules and registration.

use serde::Deserialize;
use toml::Spanned;

use crate::org::federation::{ProviderStatus, ProviderType};

/// An API token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct ApiToken {
    pub(in crate::seed) token: Spanned<String>,
}

impl std::fmt::Debug for ApiToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ApiToken(..)")
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Group {
    pub(in crate::seed) id: Spanned<String>,
    pub(in crate::seed) name: String,
    #[serde(default)]
    pub(in crate::seed) description: String,
    /// Policies of its members, by name.
    pub(in crate::seed) sign_on: Option<Spanned<String>>,
    pub(in crate::seed) password_policy: Option<Spanned<String>>,
    pub(in crate::seed) enroll: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct IdentityProvider {
    pub(in crate::seed) id: Spanned<String>,
    pub(in crate::seed) name: String,
    #[serde(default = "saml2", rename = "type")]
    pub(in crate::seed) kind: ProviderType,
    /// The address of a picture.
    pub(in crate::seed) logo: Option<String>,
    #[serde(default)]
    pub(in crate::seed) status: ProviderStatus,
}

fn saml2() -> ProviderType {
    ProviderType::Saml2
}

/// Which logins belong to an identity provider; without a condition, all of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct RoutingRule {
    /// An id, or `OKTA`.
    pub(in crate::seed) identity_provider: Spanned<String>,
    #[serde(default)]
    pub(in crate::seed) domains: Vec<String>,
    #[serde(default)]
    pub(in crate::seed) suffixes: Vec<String>,
    #[serde(default)]
    pub(in crate::seed) logins: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Registration {
    pub(in crate::seed) ends_with: crate::org::directory::Registration,
}
