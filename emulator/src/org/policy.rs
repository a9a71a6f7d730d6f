//! A user's three policies: sign-on, password, enrollment.
//!
//! Not here: whether a transaction meets them (`authn`).

use std::time::Duration;

use super::{kind::Kind, user::User};
use crate::time::Timestamp;

/// What a sign-in requires.
#[derive(Clone, Debug)]
pub(crate) struct SignOnPolicy {
    pub(crate) access: Access,
    pub(crate) require_factor: bool,
    pub(crate) prompt: Prompt,
    pub(crate) remember_by_default: bool,
    /// Whether a sign-in starts with the user name alone, and factors replace the password.
    pub(crate) passwordless: bool,
    /// Factor kinds for each step of a factor sequence; if empty, any one factor.
    pub(crate) sequence: Vec<Vec<Kind>>,
}

/// Whether the policy allows the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Allow,
    /// Denied with the error for a wrong password.
    Deny,
    /// Denied with an error of its own.
    DenyOpenly,
}

/// How often a factor is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Once per device.
    Device,
    /// Once per device and period.
    Session(Duration),
    Always,
}

impl SignOnPolicy {
    /// How many factors a sign-in requires.
    pub(crate) fn factors_needed(&self) -> usize {
        if self.require_factor { self.sequence.len().max(1) } else { 0 }
    }

    /// The kinds that are allowed after this many proofs; `None` allows all.
    pub(crate) fn kinds_after(&self, proofs: usize) -> Option<&[Kind]> {
        self.sequence.get(proofs).map(Vec::as_slice)
    }
}

/// Complexity, expiry and lockout of passwords.
#[derive(Clone, Debug)]
pub(crate) struct PasswordPolicy {
    pub(crate) complexity: Complexity,
    /// Days until a password expires; 0 is never.
    pub(crate) max_age_days: u32,
    /// Number of days before expiry in which the user is warned.
    pub(crate) warn_days: u32,
    pub(crate) min_age_minutes: u32,
    pub(crate) history: usize,
    pub(crate) lockout: Lockout,
    pub(crate) recovery: Recovery,
}

/// Self-service recovery.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the names are those of the org's own policy")]
pub(crate) struct Recovery {
    pub(crate) password_reset: bool,
    pub(crate) unlock: bool,
    pub(crate) email: bool,
    pub(crate) sms: bool,
    pub(crate) call: bool,
    /// Whether recovery also asks the recovery question.
    pub(crate) question: bool,
    /// Whether it is left to options that only Identity Engine has, in an upgraded org.
    pub(crate) identity_only: bool,
}

/// Complexity rules.
#[derive(Clone, Debug)]
pub(crate) struct Complexity {
    pub(crate) min_length: usize,
    pub(crate) min_lower: usize,
    pub(crate) min_upper: usize,
    pub(crate) min_number: usize,
    pub(crate) min_symbol: usize,
    pub(crate) exclude_username: bool,
    /// Active Directory's complexity rule, which clients do not describe to the user.
    pub(crate) active_directory: bool,
    pub(crate) exclude_attributes: Vec<String>,
}

impl Complexity {
    /// The rules that the password breaks, in words; empty if none.
    pub(crate) fn missing(&self, password: &str, user: &User) -> Vec<String> {
        let count = |is: fn(&char) -> bool| password.chars().filter(is).count();
        let lower = password.to_lowercase();
        let holds = |part: &str| part.chars().count() >= 4 && lower.contains(&part.to_lowercase());
        let mut parts = user.profile.login.split([',', '.', '_', '#', '@', '-', ' ']);
        let mut missing = Vec::new();
        let mut need = |lacks: bool, what: String| {
            if lacks {
                missing.push(what);
            }
        };
        need(password.chars().count() < self.min_length, format!("at least {} characters", self.min_length));
        need(count(char::is_ascii_lowercase) < self.min_lower, "a lowercase letter".to_owned());
        need(count(char::is_ascii_uppercase) < self.min_upper, "an uppercase letter".to_owned());
        need(count(char::is_ascii_digit) < self.min_number, "a number".to_owned());
        need(count(|letter| !letter.is_alphanumeric()) < self.min_symbol, "a symbol".to_owned());
        need(self.exclude_username && parts.any(holds), "no parts of your username".to_owned());
        for attribute in &self.exclude_attributes {
            let (value, what) = match attribute.as_str() {
                "firstName" => (&user.profile.first_name, "your first name"),
                "lastName" => (&user.profile.last_name, "your last name"),
                _ => continue,
            };
            need(!value.is_empty() && lower.contains(&value.to_lowercase()), format!("does not include {what}"));
        }
        missing
    }
}

/// When a user is locked out.
#[derive(Clone, Debug)]
pub(crate) struct Lockout {
    pub(crate) max_attempts: u32,
    /// Time after which a lockout ends; `None` if an admin has to unlock.
    pub(crate) auto_unlock: Option<Duration>,
    pub(crate) show: bool,
}

/// Which factors must or may be enrolled.
#[derive(Clone, Debug)]
pub(crate) struct EnrollPolicy {
    /// In the order in which they are offered.
    pub(crate) factors: Vec<(Kind, Requirement)>,
    /// Whether a user without a factor is asked to enroll even if none is required.
    pub(crate) prompts: bool,
    /// Until when a required enrollment may be skipped.
    pub(crate) grace_until: Option<Timestamp>,
    /// Maximum number of factors, for kinds that allow several.
    pub(crate) instances: Vec<(Kind, usize)>,
    /// Kinds that are listed with their profiles.
    pub(crate) profiles: Vec<Kind>,
}

impl EnrollPolicy {
    /// Maximum number of factors of this kind per user.
    pub(crate) fn maximum(&self, kind: Kind) -> usize {
        self.instances.iter().find(|(one, _)| *one == kind).map_or(1, |(_, maximum)| *maximum)
    }
}

/// Whether a factor has to be enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    Required,
    Optional,
}
