//! The system log: what happened to accounts and sign-ins. The latest events are kept.
//!
//! Not here: how the log is read (`admin/logs.rs`); its JSON (`wire/admin/log.rs`).

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Org, factor::Factor, user::User};
use crate::time::Timestamp;

/// More than any test makes, and little memory.
const KEPT: usize = 5000;

/// The events, the earliest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Log(VecDeque<Event>);

/// An event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) kind: EventType,
    /// Why it failed; `None` after a success.
    pub(crate) failure: Option<String>,
    pub(crate) actor: Party,
    /// What it was done to.
    pub(crate) targets: Vec<Party>,
}

/// Who did it, or what it was done to, as it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) alternate_id: String,
    pub(crate) display_name: String,
}

macro_rules! events {
    ($($variant:ident $name:literal $message:literal;)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum EventType {
            $(#[doc = $message] $variant,)+
        }

        impl EventType {
            /// Its name in the API.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// As people read it.
            pub(crate) fn message(self) -> &'static str {
                match self { $(Self::$variant => $message,)+ }
            }
        }
    };
}

events! {
    SessionStart "user.session.start" "User login to Okta";
    SessionEnd "user.session.end" "User logout of Okta";
    ViaMfa "user.authentication.auth_via_mfa" "Authentication of user via MFA";
    FactorActivated "user.mfa.factor.activate" "Enroll new MFA factor for user";
    FactorRemoved "user.mfa.factor.deactivate" "Reset factor for user";
    AllFactorsRemoved "user.mfa.factor.reset_all" "Reset all factors for user";
    Locked "user.account.lock" "Max sign in attempts exceeded";
    Unlocked "user.account.unlock" "Unlock user account";
    UnlockedByAdmin "user.account.unlock_by_admin" "Unlock user account by an administrator";
    PasswordChanged "user.account.update_password" "User update password for Okta";
    PasswordReset "user.account.reset_password" "Fired when the user's Okta password is reset";
    Created "user.lifecycle.create" "Create Okta user";
    Activated "user.lifecycle.activate" "Activate Okta user";
    Deactivated "user.lifecycle.deactivate" "Deactivate Okta user";
    Suspended "user.lifecycle.suspend" "Suspend Okta user";
    Unsuspended "user.lifecycle.unsuspend" "Unsuspend Okta user";
    Deleted "user.lifecycle.delete.initiated" "Delete Okta user initiated";
    GroupJoined "group.user_membership.add" "Add user to group membership";
    GroupLeft "group.user_membership.remove" "Remove user from group membership";
}

impl Party {
    /// A user.
    pub(crate) fn user(user: &User) -> Self {
        let profile = &user.profile;
        Self {
            id: user.id.clone(),
            kind: "User".to_owned(),
            alternate_id: profile.login.clone(),
            display_name: format!("{} {}", profile.first_name, profile.last_name),
        }
    }

    /// Somebody who gave a name that no user has.
    pub(crate) fn unknown(name: &str) -> Self {
        let unknown = || "unknown".to_owned();
        Self { id: unknown(), kind: "User".to_owned(), alternate_id: name.to_owned(), display_name: unknown() }
    }

    /// A program with an API token.
    pub(crate) fn program() -> Self {
        Self {
            id: "00u0apitokenprogram0".to_owned(),
            kind: "PublicClientApp".to_owned(),
            alternate_id: "unknown".to_owned(),
            display_name: "API token".to_owned(),
        }
    }

    /// A factor.
    pub(crate) fn factor(factor: &Factor) -> Self {
        Self {
            id: factor.id.clone(),
            kind: "AuthenticatorEnrollment".to_owned(),
            alternate_id: factor.kind.key().to_owned(),
            display_name: format!("{} {}", factor.kind.provider(), factor.kind.factor_type()),
        }
    }

    /// A group.
    pub(crate) fn group(id: &str, name: &str) -> Self {
        let [id, kind, alternate_id, display_name] = [id, "UserGroup", "unknown", name].map(str::to_owned);
        Self { id, kind, alternate_id, display_name }
    }
}

impl Log {
    /// All of them, the earliest first.
    pub(crate) fn events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.0.iter()
    }
}

impl Org {
    /// Records an event.
    pub(crate) fn log(&mut self, now: Timestamp, kind: EventType, actor: Party, targets: Vec<Party>) {
        self.log_event(now, kind, None, actor, targets);
    }

    /// Records that something failed, and why.
    pub(crate) fn log_failure(&mut self, now: Timestamp, kind: EventType, why: &str, actor: Party) {
        let targets = vec![actor.clone()];
        self.log_event(now, kind, Some(why.to_owned()), actor, targets);
    }

    /// Records what users did to their own account.
    pub(crate) fn log_own(&mut self, now: Timestamp, kind: EventType, user: &str) {
        if let Some(own) = self.users.iter().find(|one| one.id == user).map(Party::user) {
            self.log(now, kind, own.clone(), vec![own]);
        }
    }

    /// Records what was done to an account: by a program, or by the user.
    pub(crate) fn log_of(&mut self, now: Timestamp, kind: EventType, by_program: bool, user: &str) {
        if !by_program {
            return self.log_own(now, kind, user);
        }
        if let Some(own) = self.users.iter().find(|one| one.id == user).map(Party::user) {
            self.log(now, kind, Party::program(), vec![own]);
        }
    }

    fn log_event(
        &mut self,
        at: Timestamp,
        kind: EventType,
        failure: Option<String>,
        actor: Party,
        targets: Vec<Party>,
    ) {
        let id = self.random.uuid();
        let events = &mut self.events.0;
        if events.len() == KEPT {
            events.pop_front();
        }
        events.push_back(Event { id, at, kind, failure, actor, targets });
    }
}
