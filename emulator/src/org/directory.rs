//! What stands beside the users in the org's directory: groups, identity providers, and how people
//! register by themselves.

use serde::{Deserialize, Serialize};

use super::user::Policies;

/// A group. Who joins it gets its policies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) policies: GroupPolicies,
}

/// Which policies a group brings, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct GroupPolicies {
    pub(crate) sign_on: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) enroll: Option<String>,
}

impl GroupPolicies {
    /// Gives a member what the group brings.
    pub(crate) fn apply(&self, to: &mut Policies) {
        let named =
            [(&self.sign_on, &mut to.sign_on), (&self.password, &mut to.password), (&self.enroll, &mut to.enroll)];
        for (name, place) in named {
            if let Some(name) = name {
                place.clone_from(name);
            }
        }
    }
}

/// Someone else who knows some of the users.
#[derive(Clone, Debug)]
pub(crate) struct IdentityProvider {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `SAML2`, `OIDC`, `GOOGLE`, ...
    pub(crate) kind: String,
    /// Whose logins end so is known there.
    pub(crate) domains: Vec<String>,
}

/// How people register by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Registration {
    /// And are in at once, by an activation token.
    #[default]
    Token,
    /// And get a link by mail.
    Email,
    /// They can not.
    Off,
}
