//! Requests about the org: password policies, health, groups.

use reqwest::Method;
use serde::Deserialize;

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// The members of a password policy that are used.
#[derive(Clone, Debug, Deserialize)]
pub struct PasswordPolicy {
    /// `INACTIVE` policies are ignored.
    #[serde(default)]
    pub status: Option<String>,
    /// The lowest number has the highest priority.
    #[serde(default)]
    pub priority: u32,
    /// The users it applies to.
    #[serde(default)]
    pub conditions: Conditions,
    /// The settings.
    #[serde(default)]
    pub settings: Settings,
}

/// Conditions of a policy.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Conditions {
    /// The users.
    #[serde(default)]
    pub people: People,
}

/// Users, by their groups.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct People {
    /// The groups.
    #[serde(default)]
    pub groups: Groups,
}

/// Groups by id.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Groups {
    /// Included groups.
    #[serde(default)]
    pub include: Vec<String>,
}

/// Settings of a policy.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Settings {
    /// About the password.
    #[serde(default)]
    pub password: Password,
}

/// Password settings.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Password {
    /// Complexity rules.
    #[serde(default)]
    pub complexity: Option<Complexity>,
}

/// Complexity rules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the names are the org's and say it all")]
pub struct Complexity {
    pub min_length: u32,
    pub min_lower_case: u32,
    pub min_upper_case: u32,
    pub min_number: u32,
    pub min_symbol: u32,
    pub exclude_username: bool,
    pub exclude_attributes: Vec<String>,
}

impl Client {
    /// The password policies.
    pub async fn password_policies(&self) -> Result<Vec<PasswordPolicy>, OrgError> {
        self.send(OrgRequest::new(Method::GET, "password policies", &["policies"]).query("type=PASSWORD&status=ACTIVE"))
            .await
    }

    /// Whether the org responds and accepts the token; uses the cheapest request that needs it.
    pub async fn is_healthy(&self) -> Result<(), OrgError> {
        self.send_for_bytes(&OrgRequest::new(Method::GET, "look at the org", &["groups"]).query("limit=1"))
            .await
            .map(|_| ())
    }

    /// Whether the group exists.
    pub async fn has_group(&self, id: &str) -> Result<bool, OrgError> {
        match self.send_for_bytes(&OrgRequest::new(Method::GET, "read group", &["groups", id])).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_missing() => Ok(false),
            Err(error) => Err(error),
        }
    }
}
