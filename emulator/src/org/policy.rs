//! The three policies of a user: what signing in asks for, what a password must be, and what has
//! to be enrolled. They hold rules; whether one is met is asked by `authn`.

use std::time::Duration;

use super::{kind::Kind, user::User};
use crate::time::Moment;

/// What signing in asks for.
#[derive(Clone, Debug)]
pub(crate) struct SignOnPolicy {
    pub(crate) access: Access,
    pub(crate) require_factor: bool,
    pub(crate) prompt: Prompt,
    pub(crate) remember_by_default: bool,
    /// Whether the name alone begins, and factors take the password's place.
    pub(crate) passwordless: bool,
    /// What is asked one after the other; any factor once if empty.
    pub(crate) sequence: Vec<Vec<Kind>>,
}

/// Whether the user gets in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Allow,
    /// As if the password were wrong.
    Deny,
    /// With a code of its own.
    DenyOpenly,
}

/// How often a factor is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Once per device.
    Device,
    /// Once in a while per device.
    Session(Duration),
    Always,
}

impl SignOnPolicy {
    /// How many factors have to be proved.
    pub(crate) fn factors_needed(&self) -> usize {
        if self.require_factor { self.sequence.len().max(1) } else { 0 }
    }

    /// What may be proved after this many proofs; `None` is everything.
    pub(crate) fn kinds_after(&self, proofs: usize) -> Option<&[Kind]> {
        self.sequence.get(proofs).map(Vec::as_slice)
    }
}

/// What a password must be, how long it lasts, and when its user is locked out.
#[derive(Clone, Debug)]
pub(crate) struct PasswordPolicy {
    pub(crate) complexity: Complexity,
    /// Days until it expires; 0 is never.
    pub(crate) max_age_days: u32,
    /// Days before that in which the user is warned.
    pub(crate) warn_days: u32,
    pub(crate) min_age_minutes: u32,
    pub(crate) history: usize,
    pub(crate) lockout: Lockout,
    pub(crate) recovery: Recovery,
}

/// What a user can do who cannot get in.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the names are those of the org's own policy")]
pub(crate) struct Recovery {
    pub(crate) password_reset: bool,
    pub(crate) unlock: bool,
    pub(crate) email: bool,
    pub(crate) sms: bool,
    pub(crate) call: bool,
    /// Whether the recovery question is asked, too.
    pub(crate) question: bool,
}

/// What a password must be made of.
#[derive(Clone, Debug)]
pub(crate) struct Complexity {
    pub(crate) min_length: usize,
    pub(crate) min_lower: usize,
    pub(crate) min_upper: usize,
    pub(crate) min_number: usize,
    pub(crate) min_symbol: usize,
    pub(crate) exclude_username: bool,
    /// Active Directory's rule, which clients do not spell out.
    pub(crate) active_directory: bool,
    pub(crate) exclude_attributes: Vec<String>,
}

impl Complexity {
    /// What a new password of this user lacks, in words; empty if nothing.
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
    /// After which it ends by itself, if it does.
    pub(crate) auto_unlock: Option<Duration>,
    pub(crate) show: bool,
}

/// What has to be enrolled.
#[derive(Clone, Debug)]
pub(crate) struct EnrollPolicy {
    /// In the order in which they are offered.
    pub(crate) factors: Vec<(Kind, Enrollment)>,
    /// Whether a user without any is asked although nothing is required.
    pub(crate) prompts: bool,
    /// Until when what is required may be put off.
    pub(crate) grace_until: Option<Moment>,
    /// Kinds of which a user may have more than one, and how many.
    pub(crate) instances: Vec<(Kind, usize)>,
    /// Kinds that are offered by profile.
    pub(crate) profiles: Vec<Kind>,
}

impl EnrollPolicy {
    /// How many of this kind a user may have.
    pub(crate) fn maximum(&self, kind: Kind) -> usize {
        self.instances.iter().find(|(one, _)| *one == kind).map_or(1, |(_, maximum)| *maximum)
    }
}

/// Whether a factor has to be enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enrollment {
    Required,
    Optional,
}
