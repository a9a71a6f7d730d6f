//! Structure of API tokens, groups, identity providers, routing rules and registration.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::org::federation::{ProviderStatus, ProviderType};

/// A token of the management API.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct ApiToken {
    /// The value after `SSWS`.
    #[schemars(with = "String")]
    pub(in crate::seed) token: Spanned<String>,
}

impl std::fmt::Debug for ApiToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ApiToken(..)")
    }
}

/// A group. All users are in the group Everyone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Group {
    /// Its id: users name it in `groups`.
    #[schemars(with = "String")]
    pub(in crate::seed) id: Spanned<String>,
    /// Its name.
    pub(in crate::seed) name: String,
    /// What it is for.
    #[serde(default)]
    pub(in crate::seed) description: String,
    /// The sign-on policy of its members, by name.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) sign_on: Option<Spanned<String>>,
    /// The password policy of its members, by name.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) password_policy: Option<Spanned<String>>,
    /// The enrollment policy of its members, by name.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) enroll: Option<Spanned<String>>,
}

/// An external identity provider, which the emulator plays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct IdentityProvider {
    /// Letters and digits: `/sso/idps/ID` is its address.
    #[schemars(with = "String")]
    pub(in crate::seed) id: Spanned<String>,
    /// The name that people see.
    pub(in crate::seed) name: String,
    /// Its type.
    #[serde(default = "saml2", rename = "type")]
    pub(in crate::seed) kind: ProviderType,
    /// The address of a picture.
    pub(in crate::seed) logo: Option<String>,
    /// Whether it can be used.
    #[serde(default)]
    pub(in crate::seed) status: ProviderStatus,
}

fn saml2() -> ProviderType {
    ProviderType::Saml2
}

/// Which logins belong to an identity provider. The first rule that fits decides; one without a condition fits every login.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct RoutingRule {
    /// The id of a provider, or `OKTA` for the org itself.
    #[schemars(with = "String")]
    pub(in crate::seed) identity_provider: Spanned<String>,
    /// It fits a login that has one of these after the last `@`.
    #[serde(default)]
    pub(in crate::seed) domains: Vec<String>,
    /// It fits a login that ends with one of these.
    #[serde(default)]
    pub(in crate::seed) suffixes: Vec<String>,
    /// It fits these logins.
    #[serde(default)]
    pub(in crate::seed) logins: Vec<String>,
}

/// Self-service registration.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Registration {
    /// How a registration ends.
    pub(in crate::seed) ends_with: crate::org::directory::Registration,
}
