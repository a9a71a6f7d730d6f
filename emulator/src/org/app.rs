//! Applications that a step-up signs the user in to, and what a SAML application's assertion says.
//!
//! Not here: the assertion (`saml.rs`), and the clients of OpenID Connect (`client.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    /// Its instance, as the documentation's `audience` names it.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) protocol: String,
    pub(crate) issuer: String,
    /// The authorization request that waits for this sign-in, of a client of OpenID Connect.
    #[serde(default)]
    pub(crate) authorization: Option<String>,
    /// Where and how it takes assertions; `None` if it takes none.
    #[serde(default)]
    pub(crate) saml: Option<ServiceProvider>,
}

/// The application as a service provider of SAML 2.0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ServiceProvider {
    /// Where the browser posts the assertion: the assertion consumer service.
    pub(crate) acs: String,
    /// Whom the assertion is for.
    pub(crate) audience: String,
    /// Attributes by name. Values may contain [`PLACEHOLDERS`].
    pub(crate) attributes: BTreeMap<String, Vec<String>>,
}

/// What stands for a member of the user's profile in an attribute.
pub(crate) const PLACEHOLDERS: [&str; 4] = ["{login}", "{email}", "{firstName}", "{lastName}"];

impl Target {
    /// The path that starts it for whoever has a session. Okta ends it with a number of its catalog.
    pub(crate) fn home(&self) -> String {
        format!("/home/{}/{}/0", self.name, self.id)
    }
}
