//! A user: profile, password, factors, and whether the account is open. Nothing here decides what
//! a sign-in has to prove.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

use super::{
    factor::{Factor, Phone, Question},
    kind::Kind,
    password::Hashed,
    transaction::Enrolment,
};
use crate::time::Moment;

/// A user's id.
pub(crate) type UserId = String;

/// A user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) profile: Profile,
    pub(crate) password: Credential,
    /// The last used one first.
    pub(crate) factors: Vec<Factor>,
    /// Factors that an admin began to enrol.
    pub(crate) pending: Vec<Enrolment>,
    pub(crate) standing: Standing,
    /// Wrong passwords in a row.
    pub(crate) wrong_passwords: u32,
    /// Wrong factor proofs in a row.
    pub(crate) wrong_proofs: u32,
    pub(crate) policies: Policies,
    /// Ids of groups.
    pub(crate) groups: Vec<String>,
    pub(crate) dates: Dates,
    /// On file from registration, for recovery.
    pub(crate) mobile_phone: Option<Phone>,
    pub(crate) recovery_question: Option<Question>,
    /// Opens the account for the first time.
    pub(crate) activation_token: Option<String>,
    /// What stands between the proof and the end of a sign-in.
    pub(crate) extra: Extra,
}

/// What stands between the proof and the end of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Extra {
    Nothing,
    /// An application asks for consent.
    Consent,
    /// The same, scope by scope.
    GranularConsent,
    /// An admin has to consent for all.
    AdminConsent,
    /// The org needs a moment.
    Waiting,
}

/// Who it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) login: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    /// What else was told about the user: `mobilePhone`, `secondEmail`, anything.
    pub(crate) more: Map<String, Value>,
}

/// The password and its age.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Credential {
    /// None for an account that has no password yet.
    pub(crate) hashed: Option<Hashed>,
    /// Earlier ones, the last first.
    pub(crate) history: Vec<Hashed>,
    pub(crate) changed: Moment,
    /// An admin let it expire.
    pub(crate) expired: bool,
    /// Where it is changed, if that is not here.
    pub(crate) lives_at: Option<Elsewhere>,
}

/// A site that keeps the password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Elsewhere {
    pub(crate) title: String,
    pub(crate) href: String,
}

/// Whether the account is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Standing {
    Active,
    /// Waits for its activation.
    Staged,
    LockedOut {
        since: Moment,
    },
    Suspended,
    /// Opened, but without a password yet.
    Provisioned,
    /// An admin asked for a new password.
    Recovery,
    Deprovisioned,
}

/// When what happened.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Dates {
    pub(crate) created: Moment,
    pub(crate) activated: Option<Moment>,
    pub(crate) standing_changed: Option<Moment>,
    pub(crate) last_login: Option<Moment>,
    pub(crate) updated: Moment,
}

impl Dates {
    /// Of someone who is new.
    pub(crate) fn new(now: Moment) -> Self {
        Self { created: now, activated: None, standing_changed: None, last_login: None, updated: now }
    }
}

impl Standing {
    /// As the API names it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Staged => "STAGED",
            Self::LockedOut { .. } => "LOCKED_OUT",
            Self::Suspended => "SUSPENDED",
            Self::Provisioned => "PROVISIONED",
            Self::Recovery => "RECOVERY",
            Self::Deprovisioned => "DEPROVISIONED",
        }
    }
}

/// Which of the org's policies apply, by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Policies {
    pub(crate) sign_on: String,
    pub(crate) password: String,
    pub(crate) enroll: String,
}

impl Default for Policies {
    fn default() -> Self {
        let name = || "default".to_owned();
        Self { sign_on: name(), password: name(), enroll: name() }
    }
}

impl User {
    /// The login up to its `@`, which is enough to sign in when no one else has it.
    pub(crate) fn short_name(&self) -> &str {
        self.profile.login.split('@').next().unwrap_or(&self.profile.login)
    }

    /// Whether this names the user.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let name = name.trim();
        self.profile.login.eq_ignore_ascii_case(name) || self.short_name().eq_ignore_ascii_case(name)
    }

    pub(crate) fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id == id)
    }

    pub(crate) fn factor_mut(&mut self, id: &str) -> Option<&mut Factor> {
        self.factors.iter_mut().find(|factor| factor.id == id)
    }

    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.count(kind) > 0
    }

    /// How many factors of this kind there are.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.factors.iter().filter(|factor| factor.kind == kind).count()
    }

    /// Notes that this factor was used: it is the one offered first from now on.
    pub(crate) fn used(&mut self, id: &str) {
        if let Some(at) = self.factors.iter().position(|factor| factor.id == id)
            && let Some(front) = self.factors.get_mut(..=at)
        {
            front.rotate_right(1);
        }
        self.wrong_proofs = 0;
    }

    /// Opens an account whose lockout is over.
    pub(crate) fn unlock_when_due(&mut self, now: Moment, auto_unlock: Option<Duration>) {
        if let (Standing::LockedOut { since }, Some(after)) = (self.standing, auto_unlock)
            && now.since(since) >= after
        {
            self.unlock();
        }
    }

    /// Moves the account to this standing.
    pub(crate) fn becomes(&mut self, standing: Standing, now: Moment) {
        if standing == Standing::Active && self.dates.activated.is_none() {
            self.dates.activated = Some(now);
        }
        self.standing = standing;
        (self.dates.standing_changed, self.dates.updated) = (Some(now), now);
    }

    /// Opens it.
    pub(crate) fn unlock(&mut self) {
        self.standing = Standing::Active;
        (self.wrong_passwords, self.wrong_proofs) = (0, 0);
    }
}
