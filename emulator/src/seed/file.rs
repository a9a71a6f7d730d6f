//! The seed file as it is written, with its defaults. Nothing here is checked against anything
//! else in the file.

use std::collections::BTreeMap;

use serde::Deserialize;
pub(super) use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) org: Org,
    #[serde(default)]
    pub(super) hashing: Hashing,
    #[serde(default)]
    pub(super) limits: Limits,
    #[serde(default)]
    pub(super) lifetimes: Lifetimes,
    #[serde(default)]
    pub(super) trusted_origins: Vec<TrustedOrigin>,
    #[serde(default)]
    pub(super) policies: Policies,
    #[serde(default)]
    pub(super) apps: Vec<App>,
    #[serde(default)]
    pub(super) users: Vec<User>,
}

/// An application that asks for a step-up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    #[serde(default = "saml")]
    pub(super) protocol: String,
    #[serde(default)]
    pub(super) issuer: String,
}

fn saml() -> String {
    "SAML2.0".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Org {
    pub(super) name: String,
}

/// The cost of Argon2id.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Hashing {
    pub(super) memory_kib: Spanned<u32>,
    pub(super) iterations: u32,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { memory_kib: Spanned::new(0..0, 19 * 1024), iterations: 2 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Limits {
    /// Per user name.
    pub(super) sign_ins_per_second: u32,
    /// Per transaction and path.
    pub(super) calls_per_10_seconds: u32,
    pub(super) wrong_proofs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ins_per_second: 4, calls_per_10_seconds: 40, wrong_proofs: 5 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a unit belongs into a number's name")]
pub(super) struct Lifetimes {
    pub(super) state_token_seconds: u64,
    pub(super) session_token_seconds: u64,
    pub(super) code_seconds: u64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { state_token_seconds: 10 * 60, session_token_seconds: 5 * 60, code_seconds: 5 * 60 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrustedOrigin {
    pub(super) origin: Spanned<String>,
    pub(super) scopes: Vec<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Scope {
    Cors,
    Redirect,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Policies {
    pub(super) sign_on: BTreeMap<String, SignOn>,
    pub(super) password: BTreeMap<String, Password>,
    pub(super) enroll: BTreeMap<String, Enroll>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SignOn {
    pub(super) access: Access,
    pub(super) require_factor: bool,
    pub(super) prompt: Prompt,
    pub(super) factor_lifetime_minutes: u64,
    pub(super) remember_by_default: bool,
    /// The name alone begins; factors take the password's place.
    pub(super) passwordless: bool,
    pub(super) sequence: Vec<Vec<Spanned<String>>>,
}

impl Default for SignOn {
    fn default() -> Self {
        Self {
            access: Access::Allow,
            require_factor: true,
            prompt: Prompt::Always,
            factor_lifetime_minutes: 15,
            remember_by_default: false,
            passwordless: false,
            sequence: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Access {
    Allow,
    Deny,
    DenyOpenly,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Prompt {
    Device,
    Session,
    Always,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "the names are those of the org's own policy")]
pub(super) struct Password {
    pub(super) min_length: usize,
    pub(super) min_lower_case: usize,
    pub(super) min_upper_case: usize,
    pub(super) min_number: usize,
    pub(super) min_symbol: usize,
    pub(super) exclude_username: bool,
    pub(super) exclude_attributes: Vec<String>,
    pub(super) active_directory_rule: bool,
    pub(super) max_age_days: u32,
    pub(super) expire_warn_days: u32,
    pub(super) min_age_minutes: u32,
    pub(super) history_count: usize,
    pub(super) max_attempts: u32,
    pub(super) auto_unlock_minutes: u64,
    pub(super) show_lockout_failures: bool,
    pub(super) self_service_unlock: bool,
    pub(super) self_service_password_reset: bool,
    pub(super) recovery_email: bool,
    pub(super) recovery_sms: bool,
    pub(super) recovery_call: bool,
    pub(super) recovery_question: bool,
}

impl Default for Password {
    fn default() -> Self {
        Self {
            min_length: 8,
            min_lower_case: 1,
            min_upper_case: 1,
            min_number: 1,
            min_symbol: 0,
            exclude_username: true,
            exclude_attributes: Vec::new(),
            active_directory_rule: false,
            max_age_days: 0,
            expire_warn_days: 0,
            min_age_minutes: 0,
            history_count: 4,
            max_attempts: 5,
            auto_unlock_minutes: 0,
            show_lockout_failures: false,
            self_service_unlock: true,
            self_service_password_reset: true,
            recovery_email: true,
            recovery_sms: true,
            recovery_call: true,
            recovery_question: true,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Enroll {
    pub(super) required: Vec<Spanned<String>>,
    pub(super) optional: Vec<Spanned<String>>,
    /// Ask a user who has none of them, although none is required.
    pub(super) prompt: bool,
    /// How many days, from the start, what is required may wait.
    pub(super) grace_days: u64,
    /// Kinds of which a user may have several.
    pub(super) instances: BTreeMap<Spanned<String>, usize>,
    /// Kinds that are offered by profile.
    pub(super) profiles: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    pub(super) id: Option<String>,
    pub(super) login: Spanned<String>,
    /// None for an account that has no password yet.
    pub(super) password: Option<String>,
    pub(super) first_name: String,
    pub(super) last_name: String,
    /// The login, if left out.
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) shows: String,
    #[serde(default)]
    pub(super) status: Status,
    #[serde(default)]
    pub(super) password_age_days: u64,
    #[serde(default)]
    pub(super) password_expired: bool,
    /// The site that keeps the password, if this org does not.
    pub(super) password_at: Option<Elsewhere>,
    /// E.164: on file for recovery.
    pub(super) mobile_phone: Option<String>,
    pub(super) recovery_question: Option<Question>,
    pub(super) activation_token: Option<String>,
    #[serde(default)]
    pub(super) extra: Extra,
    pub(super) sign_on: Option<Spanned<String>>,
    pub(super) password_policy: Option<Spanned<String>>,
    pub(super) enroll: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) factors: Vec<Factor>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    #[default]
    Active,
    Staged,
    LockedOut,
    Suspended,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Elsewhere {
    pub(super) title: String,
    pub(super) href: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) text: String,
    pub(super) answer: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Extra {
    #[default]
    Nothing,
    Consent,
    GranularConsent,
    AdminConsent,
    Waiting,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Behaviour {
    #[default]
    Plain,
    NumberChallenge,
    TooOld,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Platform {
    #[default]
    Ios,
    Android,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Factor {
    pub(super) kind: Spanned<String>,
    pub(super) id: Option<String>,
    /// The label of a kind whose vendor the admin names.
    pub(super) vendor: Option<String>,
    /// E.164.
    pub(super) phone: Option<Spanned<String>>,
    pub(super) extension: Option<String>,
    /// Base32; made up if left out.
    pub(super) secret: Option<Spanned<String>>,
    pub(super) question: Option<String>,
    pub(super) question_text: Option<String>,
    pub(super) answer: Option<String>,
    pub(super) device_name: Option<String>,
    #[serde(default)]
    pub(super) platform: Platform,
    #[serde(default)]
    pub(super) behaviour: Behaviour,
    /// What a token is called.
    pub(super) credential_id: Option<String>,
    /// What stands before the code of an RSA or on-prem token.
    pub(super) pin: Option<String>,
    #[serde(default)]
    pub(super) asks_for_new_pin: bool,
}
