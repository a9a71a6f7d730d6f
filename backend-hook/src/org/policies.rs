//! What the org says about itself: the rules for passwords, and whether it answers and knows the groups.

use reqwest::Method;
use serde::Deserialize;

use super::{
    client::{Ask, Client},
    error::OrgError,
};

/// A password policy, as far as it is read.
#[derive(Clone, Debug, Deserialize)]
pub struct PasswordPolicy {
    /// `INACTIVE` ones do not count.
    #[serde(default)]
    pub status: Option<String>,
    /// The lowest counts first.
    #[serde(default)]
    pub priority: u32,
    /// Whom it is for.
    #[serde(default)]
    pub conditions: Conditions,
    /// Its settings.
    #[serde(default)]
    pub settings: Settings,
}

/// Whom a policy is for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Conditions {
    /// People.
    #[serde(default)]
    pub people: People,
}

/// People, by their groups.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct People {
    /// Groups.
    #[serde(default)]
    pub groups: Groups,
}

/// Groups by id.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Groups {
    /// Those it is for.
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

/// What it says about passwords.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Password {
    /// What a password has to have.
    #[serde(default)]
    pub complexity: Option<Complexity>,
}

/// What a password has to have.
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
        self.ask(Ask::new(Method::GET, "password policies", &["policies"]).query("type=PASSWORD&status=ACTIVE")).await
    }

    /// Whether the org answers and knows the token: the cheapest question for which it needs one.
    pub async fn is_well(&self) -> Result<(), OrgError> {
        self.bytes(&Ask::new(Method::GET, "look at the org", &["groups"]).query("limit=1")).await.map(|_| ())
    }

    /// Whether there is such a group.
    pub async fn has_group(&self, id: &str) -> Result<bool, OrgError> {
        match self.bytes(&Ask::new(Method::GET, "read group", &["groups", id])).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_missing() => Ok(false),
            Err(error) => Err(error),
        }
    }
}
