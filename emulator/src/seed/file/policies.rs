//! Structure of policies, with defaults.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// Policies by name; users and groups name them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Policies {
    /// Sign-on policies, by name. `default` is for those who name none.
    pub(in crate::seed) sign_on: BTreeMap<String, SignOn>,
    /// Password policies, by name. `default` is for those who name none.
    pub(in crate::seed) password: BTreeMap<String, Password>,
    /// Enrollment policies, by name. `default` is for those who name none.
    pub(in crate::seed) enroll: BTreeMap<String, Enroll>,
}

/// Who may sign in, and with what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct SignOn {
    /// Whether users are let in.
    pub(in crate::seed) access: Access,
    /// Whether users with a factor are asked for it.
    pub(in crate::seed) require_factor: bool,
    /// How often a factor is asked for.
    pub(in crate::seed) prompt: Prompt,
    /// With the prompt SESSION: for how long a remembered device is not asked again.
    pub(in crate::seed) factor_lifetime_minutes: u64,
    /// Whether the page ticks that the device is remembered.
    pub(in crate::seed) remember_by_default: bool,
    /// The sign-in starts with the user name alone; factors replace the password.
    pub(in crate::seed) passwordless: bool,
    /// Lists of kinds of factors, one step after the other; one of each list is proved.
    #[schemars(with = "Vec<Vec<String>>")]
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

#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::seed) enum Access {
    /// Yes.
    Allow,
    /// No, and the answer is that for a wrong password.
    Deny,
    /// No, and the answer says so.
    DenyOpenly,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(in crate::seed) enum Prompt {
    /// Once for each device.
    Device,
    /// Again after `factor_lifetime_minutes`.
    Session,
    /// At every sign-in.
    Always,
}

/// Passwords, lockout and recovery. The names are those of Okta's policies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "the names are those of the org's own policy")]
pub(in crate::seed) struct Password {
    /// Least number of characters.
    pub(in crate::seed) min_length: usize,
    /// Least number of lower case letters.
    pub(in crate::seed) min_lower_case: usize,
    /// Least number of upper case letters.
    pub(in crate::seed) min_upper_case: usize,
    /// Least number of digits.
    pub(in crate::seed) min_number: usize,
    /// Least number of symbols.
    pub(in crate::seed) min_symbol: usize,
    /// Whether parts of the user name are refused.
    pub(in crate::seed) exclude_username: bool,
    /// Attributes of the profile that are refused: `firstName`, `lastName`.
    pub(in crate::seed) exclude_attributes: Vec<String>,
    /// Whether the policy names the rule of Active Directory, which it does not explain to clients.
    pub(in crate::seed) active_directory_rule: bool,
    /// After how many days a password expires; never if 0.
    pub(in crate::seed) max_age_days: u32,
    /// How many days before that users are warned.
    pub(in crate::seed) expire_warn_days: u32,
    /// How old a password has to be before it can be changed.
    pub(in crate::seed) min_age_minutes: u32,
    /// How many former passwords are refused.
    pub(in crate::seed) history_count: usize,
    /// Wrong passwords before the account is locked.
    pub(in crate::seed) max_attempts: u32,
    /// After how long a locked account is unlocked by itself; never if 0.
    pub(in crate::seed) auto_unlock_minutes: u64,
    /// Whether the org says that an account is locked.
    pub(in crate::seed) show_lockout_failures: bool,
    /// Whether users may unlock their accounts.
    pub(in crate::seed) self_service_unlock: bool,
    /// Whether users may reset their passwords.
    pub(in crate::seed) self_service_password_reset: bool,
    /// Whether recovery by mail is possible.
    pub(in crate::seed) recovery_email: bool,
    /// Whether recovery by text message is possible.
    pub(in crate::seed) recovery_sms: bool,
    /// Whether recovery by call is possible.
    pub(in crate::seed) recovery_call: bool,
    /// Whether the recovery question is asked.
    pub(in crate::seed) recovery_question: bool,
    /// In an upgraded org: only options are left that `/api/v1/authn` does not have.
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

/// Factors that users have to, or may, enroll.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::seed) struct Enroll {
    /// Kinds that have to be enrolled.
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) required: Vec<Spanned<String>>,
    /// Kinds that may be enrolled.
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) optional: Vec<Spanned<String>>,
    /// Whether a user without a factor is asked to enroll one, even if none is required.
    pub(in crate::seed) prompt: bool,
    /// For how many days after the start a required enrollment may be skipped.
    pub(in crate::seed) grace_days: u64,
    /// How many factors of a kind a user may have, by kind; one if left out.
    #[schemars(with = "BTreeMap<String, usize>")]
    pub(in crate::seed) instances: BTreeMap<Spanned<String>, usize>,
    /// Kinds that are offered by profile.
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) profiles: Vec<Spanned<String>>,
}
