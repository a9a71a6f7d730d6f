//! Applications that a step-up signs the user in to.

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
}
