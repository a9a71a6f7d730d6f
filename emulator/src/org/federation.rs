//! Identity providers, the rules that route logins to them, and the browsers that are at one.
//!
//! Not here: what follows a sign-in at a provider (`authn/federation.rs`) or with a card (`authn/smart_card.rs`), and factors that are proved at a provider
//! (`authn/identity_provider.rs`).

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::user::UserId;
use crate::time::Timestamp;

/// How long a sign-in at a provider may take.
pub(crate) const PATIENCE: Duration = Duration::from_mins(10);

/// The id that stands for the org itself.
pub(crate) const OKTA: &str = "OKTA";

/// Everything of this file that an org has. No `Debug`: visits have tokens.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Federation {
    pub(crate) providers: Vec<IdentityProvider>,
    /// The first one that fits decides.
    pub(crate) rules: Vec<RoutingRule>,
    /// Browsers that were sent to a provider, by the `state` that they bring back.
    pub(crate) visits: HashMap<String, Visit>,
    /// The user of the smart card that is in the reader.
    pub(crate) card: Option<UserId>,
}

/// An external identity provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IdentityProvider {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: ProviderType,
    pub(crate) logo: Option<String>,
    pub(crate) status: ProviderStatus,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// `protocol` and `policy` as the management API received them; nothing reads them.
    pub(crate) settings: Map<String, Value>,
}

/// The types that `/.well-known/webfinger` is documented with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub(crate) enum ProviderType {
    #[serde(rename = "SAML2")]
    Saml2,
    #[serde(rename = "IWA")]
    Iwa,
    AgentlessDSSO,
    /// Smart cards.
    X509,
    #[serde(rename = "OIDC")]
    Oidc,
    #[serde(rename = "APPLE")]
    Apple,
    #[serde(rename = "FACEBOOK")]
    Facebook,
    #[serde(rename = "GOOGLE")]
    Google,
    #[serde(rename = "LINKEDIN")]
    Linkedin,
    #[serde(rename = "MICROSOFT")]
    Microsoft,
}

/// Whether a provider may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ProviderStatus {
    #[default]
    /// It can be used.
    Active,
    /// It is switched off.
    Inactive,
}

/// Routes logins to a provider. Without a condition it fits every login.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RoutingRule {
    /// An id, or `OKTA`.
    pub(crate) identity_provider: String,
    /// What follows the last `@`.
    #[serde(default)]
    pub(crate) domains: Vec<String>,
    /// How a login ends.
    #[serde(default)]
    pub(crate) suffixes: Vec<String>,
    /// Whole logins.
    #[serde(default)]
    pub(crate) logins: Vec<String>,
}

/// A browser that is at a provider.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Visit {
    pub(crate) provider: String,
    /// Where it goes after the sign-in.
    pub(crate) target: Option<String>,
    /// The transaction that it continues.
    pub(crate) state_token: Option<String>,
    pub(crate) expires: Timestamp,
}

/// The provider that a session names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedInAt {
    pub(crate) id: String,
    pub(crate) kind: ProviderType,
}

impl ProviderType {
    /// Its name in a session.
    pub(crate) fn in_session(self) -> &'static str {
        match self {
            Self::Saml2 | Self::X509 | Self::Oidc => "FEDERATION",
            Self::Iwa | Self::AgentlessDSSO => "ACTIVE_DIRECTORY",
            Self::Apple | Self::Facebook | Self::Google | Self::Linkedin | Self::Microsoft => "SOCIAL",
        }
    }
}

impl RoutingRule {
    fn fits(&self, login: &str) -> bool {
        let login = login.to_lowercase();
        let domain = login.rsplit_once('@').map_or("", |(_, domain)| domain);
        let any = |list: &[String], fits: &dyn Fn(&str) -> bool| list.iter().any(|one| fits(&one.to_lowercase()));
        let is_open = self.domains.is_empty() && self.suffixes.is_empty() && self.logins.is_empty();
        is_open
            || any(&self.domains, &|one| one == domain)
            || any(&self.suffixes, &|one| login.ends_with(one))
            || any(&self.logins, &|one| one == login)
    }
}

impl Federation {
    pub(crate) fn provider(&self, id: &str) -> Option<&IdentityProvider> {
        self.providers.iter().find(|one| one.id == id)
    }

    /// The provider that this login is routed to; `None` is the org itself. A rule whose provider is not active or was
    /// deleted is passed over.
    pub(crate) fn routed(&self, login: &str) -> Option<&IdentityProvider> {
        let usable = |rule: &RoutingRule| {
            if rule.identity_provider == OKTA {
                return Some(None);
            }
            self.provider(&rule.identity_provider).filter(|one| one.is_active()).map(Some)
        };
        self.rules.iter().filter(|rule| rule.fits(login)).find_map(usable).flatten()
    }

    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.visits.retain(|_, visit| now < visit.expires);
    }
}

impl IdentityProvider {
    pub(crate) fn is_active(&self) -> bool {
        self.status == ProviderStatus::Active
    }

    /// As a session names it.
    pub(crate) fn in_session(&self) -> SignedInAt {
        SignedInAt { id: self.id.clone(), kind: self.kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Clock;

    fn provider(id: &str, status: ProviderStatus) -> IdentityProvider {
        let now = Clock::default().now();
        IdentityProvider {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: ProviderType::Saml2,
            logo: None,
            status,
            created: now,
            updated: now,
            settings: Map::new(),
        }
    }

    fn rule(to: &str, domain: &[&str], suffix: &[&str], login: &[&str]) -> RoutingRule {
        let [domains, suffixes, logins] =
            [domain, suffix, login].map(|list| list.iter().map(|&one| one.to_owned()).collect());
        RoutingRule { identity_provider: to.to_owned(), domains, suffixes, logins }
    }

    #[test]
    fn the_first_rule_that_fits_and_can_be_used_decides() {
        let federation = Federation {
            providers: vec![
                provider("one", ProviderStatus::Active),
                provider("two", ProviderStatus::Active),
                provider("off", ProviderStatus::Inactive),
            ],
            rules: vec![
                rule(OKTA, &[], &[], &["Admin@partner.example"]),
                rule("off", &["partner.example"], &[], &[]),
                rule("gone", &["partner.example"], &[], &[]),
                rule("one", &["partner.example"], &[], &[]),
                rule("two", &[], &[".ext@example.com"], &[]),
            ],
            ..Federation::default()
        };
        for (login, id) in [
            ("jo@PARTNER.example", Some("one")),
            ("jo@sub.partner.example", None),
            ("partner.example", None),
            ("admin@partner.example", None),
            ("jo.ext@example.com", Some("two")),
            ("jo@example.com", None),
            ("jo", None),
        ] {
            assert_eq!(federation.routed(login).map(|one| one.id.as_str()), id, "{login}");
        }
    }

    #[test]
    fn a_rule_without_a_condition_fits_every_login() {
        let rules = vec![rule("one", &[], &[], &[])];
        let federation =
            Federation { providers: vec![provider("one", ProviderStatus::Active)], rules, ..Federation::default() };
        assert!(federation.routed("jo").is_some());
    }
}
