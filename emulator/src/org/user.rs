//! A user: profile, password, factors, account status.
//!
//! Not here: what a sign-in requires (`policy.rs`, `authn/progress.rs`).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

use super::{
    factor::{Factor, Phone, Question},
    kind::Kind,
    password::Hashed,
    transaction::PendingEnrollment,
};
use crate::time::Timestamp;

/// A user's id.
pub(crate) type UserId = String;

/// A user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) profile: Profile,
    pub(crate) password: Credential,
    /// The most recently used one first.
    pub(crate) factors: Vec<Factor>,
    /// Factors that the management API began to enroll.
    pub(crate) pending: Vec<PendingEnrollment>,
    pub(crate) status: AccountStatus,
    /// Consecutive wrong passwords.
    pub(crate) wrong_passwords: u32,
    /// Consecutive wrong factor proofs.
    pub(crate) wrong_proofs: u32,
    pub(crate) policies: Policies,
    /// Ids of groups.
    pub(crate) groups: Vec<String>,
    pub(crate) dates: Dates,
    /// Phone number on file, for recovery.
    pub(crate) mobile_phone: Option<Phone>,
    pub(crate) recovery_question: Option<Question>,
    /// Activates the account.
    pub(crate) activation_token: Option<String>,
    /// Extra step before SUCCESS.
    pub(crate) extra: Extra,
    /// Whether something of the account is still to be set up, of which the org asks after a sign-in.
    #[serde(default)]
    pub(crate) setup_unfinished: bool,
}

/// Extra step before SUCCESS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Extra {
    Nothing,
    /// Consent to an application.
    Consent,
    /// Consent, scope by scope.
    GranularConsent,
    /// Consent by an admin.
    AdminConsent,
    /// The state POLL.
    Waiting,
    /// Questions about the user.
    Profile,
}

/// The profile.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) login: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    /// Other profile members: `mobilePhone`, `secondEmail`, and so on.
    pub(crate) more: Map<String, Value>,
}

/// The password, its history and its age.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Credential {
    /// `None` for an account without a password.
    pub(crate) hashed: Option<Hashed>,
    /// Previous passwords, the latest first.
    pub(crate) history: Vec<Hashed>,
    pub(crate) changed: Timestamp,
    /// Whether an admin expired the password.
    pub(crate) expired: bool,
    /// The external site where the password is changed, if not in this org.
    pub(crate) managed_at: Option<ExternalSite>,
}

/// An external site that manages the password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExternalSite {
    pub(crate) title: String,
    pub(crate) href: String,
}

/// Account status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AccountStatus {
    Active,
    /// Waits for activation.
    Staged,
    LockedOut {
        since: Timestamp,
    },
    Suspended,
    /// Activated, without a password.
    Provisioned,
    /// An admin reset the password.
    Recovery,
    Deprovisioned,
}

/// Dates of lifecycle events.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Dates {
    pub(crate) created: Timestamp,
    pub(crate) activated: Option<Timestamp>,
    pub(crate) standing_changed: Option<Timestamp>,
    pub(crate) last_login: Option<Timestamp>,
    pub(crate) updated: Timestamp,
}

impl Dates {
    /// The dates of a new user.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { created: now, activated: None, standing_changed: None, last_login: None, updated: now }
    }
}

impl AccountStatus {
    /// Its name in the API.
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

/// The names of the user's policies.
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
    /// The login up to its `@`; enough to sign in if it is unique.
    pub(crate) fn short_name(&self) -> &str {
        self.profile.login.split('@').next().unwrap_or(&self.profile.login)
    }

    /// Whether the name is the user's login or short name.
    pub(crate) fn is_named(&self, name: &str) -> bool {
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

    /// Number of factors of this kind.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.factors.iter().filter(|factor| factor.kind == kind && factor.proves()).count()
    }

    /// Moves the factor to the front of the list, so that it is offered first.
    pub(crate) fn used(&mut self, id: &str) {
        if let Some(at) = self.factors.iter().position(|factor| factor.id == id)
            && let Some(front) = self.factors.get_mut(..=at)
        {
            front.rotate_right(1);
        }
        self.wrong_proofs = 0;
    }

    /// Unlocks the account if the lockout has expired.
    pub(crate) fn unlock_when_due(&mut self, now: Timestamp, auto_unlock: Option<Duration>) {
        if let (AccountStatus::LockedOut { since }, Some(after)) = (self.status, auto_unlock)
            && now.since(since) >= after
        {
            self.unlock();
        }
    }

    /// Sets the account status.
    pub(crate) fn becomes(&mut self, status: AccountStatus, now: Timestamp) {
        if status == AccountStatus::Active && self.dates.activated.is_none() {
            self.dates.activated = Some(now);
        }
        self.status = status;
        (self.dates.standing_changed, self.dates.updated) = (Some(now), now);
    }

    /// Unlocks the account.
    pub(crate) fn unlock(&mut self) {
        self.status = AccountStatus::Active;
        (self.wrong_passwords, self.wrong_proofs) = (0, 0);
    }
}
