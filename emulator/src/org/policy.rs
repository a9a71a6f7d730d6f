//! The three policies of a user: what signing in asks for, what a password must be, and what has
//! to be enrolled. They hold rules; whether one is met is asked by `authn`.

use std::time::Duration;

use super::kind::Kind;

/// What signing in asks for.
#[derive(Clone, Debug)]
pub(crate) struct SignOnPolicy {
    pub(crate) access: Access,
    pub(crate) require_factor: bool,
    pub(crate) prompt: Prompt,
    pub(crate) remember_by_default: bool,
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
    pub(crate) exclude_attributes: Vec<String>,
}

/// When a user is locked out.
#[derive(Clone, Debug)]
pub(crate) struct Lockout {
    pub(crate) max_attempts: u32,
    /// After which it ends by itself, if it does.
    pub(crate) auto_unlock: Option<Duration>,
    pub(crate) show: bool,
    pub(crate) self_service: bool,
}

/// What has to be enrolled.
#[derive(Clone, Debug)]
pub(crate) struct EnrollPolicy {
    /// In the order in which they are offered.
    pub(crate) factors: Vec<(Kind, Enrollment)>,
    /// Whether a user without any is asked although nothing is required.
    pub(crate) prompts: bool,
}

/// Whether a factor has to be enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enrollment {
    Required,
    Optional,
}
