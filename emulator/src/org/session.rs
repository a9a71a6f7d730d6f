//! Sessions of browsers, the tokens that become one, and the devices that need not prove a factor.

use std::{collections::HashMap, time::Duration};

use super::user::UserId;
use crate::time::Moment;

/// A sign-in that is done, worth one session.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) user: UserId,
    pub(crate) expires: Moment,
    pub(crate) amr: Vec<&'static str>,
    pub(crate) factor_proved: Option<Moment>,
    pub(crate) password_proved: Moment,
}

/// A session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user: UserId,
    pub(crate) created: Moment,
    pub(crate) expires: Moment,
    pub(crate) amr: Vec<&'static str>,
    pub(crate) factor_proved: Option<Moment>,
    pub(crate) password_proved: Moment,
}

/// How long a session lives without being refreshed.
pub(crate) const IDLE: Duration = Duration::from_hours(2);

/// Devices, by their cookie, and for whom each is remembered until when.
#[derive(Debug, Default)]
pub(crate) struct Devices(HashMap<(String, UserId), Option<Moment>>);

impl Devices {
    /// Remembers the device for this user; for good without an end.
    pub(crate) fn remember(&mut self, device: &str, user: &str, until: Option<Moment>) {
        self.0.insert((device.to_owned(), user.to_owned()), until);
    }

    pub(crate) fn is_remembered(&self, device: &str, user: &str, now: Moment) -> bool {
        match self.0.get(&(device.to_owned(), user.to_owned())) {
            Some(until) => until.is_none_or(|until| now < until),
            None => false,
        }
    }

    pub(crate) fn sweep(&mut self, now: Moment) {
        self.0.retain(|_, until| until.is_none_or(|until| now < until));
    }
}
