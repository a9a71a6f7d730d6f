//! Structure of policies, with defaults.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Policies {
    pub(in crate::seed) sign_on: BTreeMap<String, SignOn>,
    pub(in crate::seed) password: BTreeMap<String, Password>,
    pub(in crate::seed) enroll: BTreeMap<String, Enroll>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct SignOn {
    pub(in crate::seed) access: Access,
    pub(in crate::seed) require_factor: bool,
    pub(in crate::seed) prompt: Prompt,
    pub(in crate::seed) factor_lifetime_minutes: u64,
    pub(in crate::seed) remember_by_default: bool,
    /// The sign-in starts with the user name alone; factors replace the password.
    pub(in crate::seed) passwordless: bool,
    pub(in crate::seed) sequence: Vec<Vec<Spanned<String>>>,
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
pub(in crate::seed) enum Access {
    Allow,
    Deny,
    DenyOpenly,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(in crate::seed) enum Prompt {
    Device,
    Session,
    Always,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "the names are those of the org's own policy")]
pub(in crate::seed) struct Password {
    pub(in crate::seed) min_length: usize,
    pub(in crate::seed) min_lower_case: usize,
    pub(in crate::seed) min_upper_case: usize,
    pub(in crate::seed) min_number: usize,
    pub(in crate::seed) min_symbol: usize,
    pub(in crate::seed) exclude_username: bool,
    pub(in crate::seed) exclude_attributes: Vec<String>,
    pub(in crate::seed) active_directory_rule: bool,
    pub(in crate::seed) max_age_days: u32,
    pub(in crate::seed) expire_warn_days: u32,
    pub(in crate::seed) min_age_minutes: u32,
    pub(in crate::seed) history_count: usize,
    pub(in crate::seed) max_attempts: u32,
    pub(in crate::seed) auto_unlock_minutes: u64,
    pub(in crate::seed) show_lockout_failures: bool,
    pub(in crate::seed) self_service_unlock: bool,
    pub(in crate::seed) self_service_password_reset: bool,
    pub(in crate::seed) recovery_email: bool,
    pub(in crate::seed) recovery_sms: bool,
    pub(in crate::seed) recovery_call: bool,
    pub(in crate::seed) recovery_question: bool,
    pub(in crate::seed) recovery_identity_only: bool,
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
            recovery_identity_only: false,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Enroll {
    pub(in crate::seed) required: Vec<Spanned<String>>,
    pub(in crate::seed) optional: Vec<Spanned<String>>,
    /// Ask a user without a factor to enroll, even if none is required.
    pub(in crate::seed) prompt: bool,
    /// For how many days after the start a required enrollment may be skipped.
    pub(in crate::seed) grace_days: u64,
    /// Maximum number of factors, for kinds that allow several.
    pub(in crate::seed) instances: BTreeMap<Spanned<String>, usize>,
    /// Kinds that are listed with their profiles.
    pub(in crate::seed) profiles: Vec<Spanned<String>>,
}
