//! Groups, and the registration setting.

use serde::{Deserialize, Serialize};

use super::user::Policies;

/// A group. Its members get its policies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) policies: GroupPolicies,
}

/// The policies of a group, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct GroupPolicies {
    pub(crate) sign_on: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) enroll: Option<String>,
}

impl GroupPolicies {
    /// Assigns the group's policies to a member.
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

/// Self-service registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Registration {
    /// Enabled; the response contains an activation token.
    #[default]
    Token,
    /// Enabled; the user receives an activation link by email.
    Email,
    /// Disabled.
    Off,
}
