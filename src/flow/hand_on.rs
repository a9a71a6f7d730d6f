//! Handing a sign-in on from the bundle of the first form to the one that has every screen, and taking it
//! over there. What is handed on stays in this page's memory. Never here: loading the other bundle.
//!
//! A page that shows a name and a password needs a fraction of the screens. The feature `first-form` leaves
//! the others out: whatever goes beyond is handed on ([`FIRST_FORM`] is the one switch, asked where a match
//! goes beyond the first form).

use super::effect::Effect;
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{Notice, NoticeKind};
use super::step::{Recovery, Step};
use crate::authn::wire::Value;
use crate::authn::{Answer, Transaction};

/// Whether this bundle has the first form alone.
pub const FIRST_FORM: bool = cfg!(feature = "first-form");

/// A sign-in that goes on in the other bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct Onward {
    /// As typed so far.
    pub username: String,
    /// Whether the user name was kept from last time, or is to be.
    pub keep_username: bool,
    /// What is to be shown there.
    pub to: OnwardTo,
}

/// What is to be shown in the other bundle.
#[derive(Clone, Debug, PartialEq)]
pub enum OnwardTo {
    /// What the org answered to name and password.
    Answer(Value),
    /// What it answered to a token the page was opened with.
    Resumed(Value),
    /// The form for a forgotten password, or a locked account.
    Recovery(Recovery),
    /// The form for signing up.
    Registration,
}

// Names of the members of the object that carries it from bundle to bundle.
const ANSWER: &str = "answer";
const RESUMED: &str = "resumed";
const RECOVERY: &str = "recovery";
const REGISTRATION: &str = "registration";
const USERNAME: &str = "username";
const KEEP: &str = "keepUsername";

impl Onward {
    /// As plain values, for the way through JavaScript.
    pub fn into_value(self) -> Value {
        let (name, value) = match self.to {
            OnwardTo::Answer(body) => (ANSWER, body),
            OnwardTo::Resumed(body) => (RESUMED, body),
            OnwardTo::Recovery(recovery) => (RECOVERY, Value::Bool(recovery == Recovery::Unlock)),
            OnwardTo::Registration => (REGISTRATION, Value::Bool(true)),
        };
        Value::Object(vec![
            (name.to_owned(), value),
            (USERNAME.to_owned(), Value::Text(self.username)),
            (KEEP.to_owned(), Value::Bool(self.keep_username)),
        ])
    }

    /// From what [`Onward::into_value`] made; `None` for anything else.
    pub fn from_value(value: &Value) -> Option<Self> {
        let to = if let Some(body) = value.get(ANSWER) {
            OnwardTo::Answer(body.clone())
        } else if let Some(body) = value.get(RESUMED) {
            OnwardTo::Resumed(body.clone())
        } else if value.get(REGISTRATION).is_some() {
            OnwardTo::Registration
        } else {
            let unlocks = *value.get(RECOVERY)? == Value::Bool(true);
            OnwardTo::Recovery(if unlocks { Recovery::Unlock } else { Recovery::Password })
        };
        let username = value.get(USERNAME)?.as_text()?.to_owned();
        Some(Self { username, keep_username: value.get(KEEP) == Some(&Value::Bool(true)), to })
    }
}

impl Machine {
    /// What the other bundle is to take over, as soon as it is loaded.
    pub fn onward(&self) -> Option<&Onward> {
        self.onward.as_ref()
    }

    /// Hands on what this bundle has no screen for. The screen stays as it is, busy, until the other bundle
    /// takes it over; if that can't be loaded, Retry tries again.
    pub(super) fn hand_on(&mut self, to: OnwardTo) {
        self.screen.busy = true;
        self.screen.notice = None;
        self.repeat = Some(Intent::Resume);
        self.onward = Some(Onward { username: self.username.clone(), keep_username: self.keep_username, to });
        self.effect(Effect::HandOn);
    }

    /// Once more, where there is something to hand on.
    pub(super) fn hand_on_again(&mut self) -> bool {
        let onward = self.onward.take();
        let found = onward.is_some();
        if let Some(onward) = onward {
            self.hand_on(onward.to);
        }
        found
    }

    /// The other bundle could not be loaded.
    pub(super) fn not_handed_on(&mut self) {
        if self.onward.is_some() {
            self.screen.busy = false;
            self.notify(Notice { retry: self.retry(), ..Notice::of(NoticeKind::Unreachable) });
        }
    }

    /// Takes over what the bundle of the first form handed on.
    pub(super) fn take_over(&mut self, onward: Onward) {
        self.settings.resume = None;
        self.username = onward.username;
        self.keep_username = onward.keep_username;
        let (body, purpose) = match onward.to {
            OnwardTo::Recovery(recovery) => return self.open_recovery(recovery, ""),
            OnwardTo::Registration => return self.open_registration(""),
            OnwardTo::Answer(body) => (body, Purpose::Transaction),
            OnwardTo::Resumed(body) => (body, Purpose::Resume),
        };
        self.show(Step::Resuming);
        let answer = Answer { status: 200, body: Some(body), retry_at: None };
        match answer.into_transaction() {
            Ok(transaction) => self.enter(transaction, purpose),
            Err(error) => self.fail(error, purpose),
        }
    }

    /// Enters the state of an answer, or hands the answer on.
    pub(super) fn enter_or_hand_on(&mut self, transaction: Transaction, body: Option<Value>, purpose: Purpose) {
        match body {
            Some(body) if FIRST_FORM && transaction.goes_beyond_first_form(self.settings.session_hook().is_some()) => {
                self.hand_on(match purpose {
                    Purpose::Resume => OnwardTo::Resumed(body),
                    _ => OnwardTo::Answer(body),
                });
            }
            _ => self.enter(transaction, purpose),
        }
    }
}

impl Transaction {
    /// Whether there is more to do than to show the start form, or to leave with the session token. A hook
    /// is told who signs in.
    fn goes_beyond_first_form(&self, tells_hook: bool) -> bool {
        use crate::authn::State;
        match &self.state {
            State::LockedOut | State::Unauthenticated { .. } => false,
            State::Success { device, .. } => device.is_some() || tells_hook,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_on_is_taken_over_as_it_was() {
        let body = Value::Object(vec![("status".to_owned(), Value::text_value("MFA_REQUIRED"))]);
        for to in [
            OnwardTo::Answer(body.clone()),
            OnwardTo::Resumed(body),
            OnwardTo::Recovery(Recovery::Password),
            OnwardTo::Recovery(Recovery::Unlock),
            OnwardTo::Registration,
        ] {
            let onward = Onward { username: "jeff".to_owned(), keep_username: true, to };
            assert_eq!(Onward::from_value(&onward.clone().into_value()), Some(onward));
        }
        assert_eq!(Onward::from_value(&Value::Null), None);
    }
}
