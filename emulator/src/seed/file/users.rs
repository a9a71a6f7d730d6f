//! Structure of users and their factors, with defaults.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct User {
    pub(in crate::seed) id: Option<String>,
    pub(in crate::seed) login: Spanned<String>,
    /// `None` for an account without a password.
    pub(in crate::seed) password: Option<String>,
    pub(in crate::seed) first_name: String,
    pub(in crate::seed) last_name: String,
    /// Defaults to the login.
    pub(in crate::seed) email: Option<String>,
    #[serde(default)]
    pub(in crate::seed) shows: String,
    #[serde(default)]
    pub(in crate::seed) status: Status,
    #[serde(default)]
    pub(in crate::seed) password_age_days: u64,
    #[serde(default)]
    pub(in crate::seed) password_expired: bool,
    /// The external site that manages the password.
    pub(in crate::seed) password_at: Option<ExternalSite>,
    /// Phone number on file, for recovery, in E.164 format.
    pub(in crate::seed) mobile_phone: Option<String>,
    pub(in crate::seed) recovery_question: Option<Question>,
    pub(in crate::seed) activation_token: Option<String>,
    #[serde(default)]
    pub(in crate::seed) extra: Extra,
    #[serde(default)]
    pub(in crate::seed) setup_unfinished: bool,
    pub(in crate::seed) sign_on: Option<Spanned<String>>,
    pub(in crate::seed) password_policy: Option<Spanned<String>>,
    pub(in crate::seed) enroll: Option<Spanned<String>>,
    /// Ids of groups.
    #[serde(default)]
    pub(in crate::seed) groups: Vec<Spanned<String>>,
    #[serde(default)]
    pub(in crate::seed) factors: Vec<Factor>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::seed) enum Status {
    #[default]
    Active,
    Staged,
    LockedOut,
    Suspended,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct ExternalSite {
    pub(in crate::seed) title: String,
    pub(in crate::seed) href: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Question {
    pub(in crate::seed) text: String,
    pub(in crate::seed) answer: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::seed) enum Extra {
    #[default]
    Nothing,
    Consent,
    GranularConsent,
    AdminConsent,
    Waiting,
    Profile,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::seed) enum Behaviour {
    #[default]
    Plain,
    NumberChallenge,
    TooOld,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(in crate::seed) enum Platform {
    #[default]
    Ios,
    Android,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Factor {
    pub(in crate::seed) kind: Spanned<String>,
    pub(in crate::seed) id: Option<String>,
    /// The vendor name of a custom factor.
    pub(in crate::seed) vendor: Option<String>,
    /// In E.164 format.
    pub(in crate::seed) phone: Option<Spanned<String>>,
    pub(in crate::seed) extension: Option<String>,
    /// In base32; random if left out.
    pub(in crate::seed) secret: Option<Spanned<String>>,
    pub(in crate::seed) question: Option<String>,
    pub(in crate::seed) question_text: Option<String>,
    pub(in crate::seed) answer: Option<String>,
    pub(in crate::seed) device_name: Option<String>,
    #[serde(default)]
    pub(in crate::seed) platform: Platform,
    #[serde(default)]
    pub(in crate::seed) behaviour: Behaviour,
    /// The name of a token.
    pub(in crate::seed) credential_id: Option<String>,
    /// The PIN before the code of an RSA or on-prem token.
    pub(in crate::seed) pin: Option<String>,
    #[serde(default)]
    pub(in crate::seed) asks_for_new_pin: bool,
}
