//! Sessions of browsers, the tokens that become one, and the devices that need not prove a factor.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use super::user::UserId;
use crate::time::Moment;

/// A sign-in that is done, worth one session.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) user: UserId,
    pub(crate) expires: Moment,
    pub(crate) amr: Vec<&'static str>,
    pub(crate) factor_proved: Option<Moment>,
    pub(crate) password_proved: Moment,
}

/// A session.
#[derive(Clone)]
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
#[derive(Default)]
pub(crate) struct Devices {
    remembered: HashMap<(String, UserId), Option<Moment>>,
    /// Factors to which a push is sent without being asked, by device.
    auto_push: HashSet<(String, String)>,
}

impl Devices {
    /// Remembers the device for this user; for good without an end.
    pub(crate) fn remember(&mut self, device: &str, user: &str, until: Option<Moment>) {
        self.remembered.insert((device.to_owned(), user.to_owned()), until);
    }

    pub(crate) fn is_remembered(&self, device: &str, user: &str, now: Moment) -> bool {
        match self.remembered.get(&(device.to_owned(), user.to_owned())) {
            Some(until) => until.is_none_or(|until| now < until),
            None => false,
        }
    }

    /// Notes whether this device wants pushes sent by themselves.
    pub(crate) fn set_auto_push(&mut self, device: &str, factor: &str, wanted: bool) {
        let key = (device.to_owned(), factor.to_owned());
        if wanted {
            self.auto_push.insert(key);
        } else {
            self.auto_push.remove(&key);
        }
    }

    pub(crate) fn wants_auto_push(&self, device: &str, factor: &str) -> bool {
        self.auto_push.contains(&(device.to_owned(), factor.to_owned()))
    }

    pub(crate) fn sweep(&mut self, now: Moment) {
        self.remembered.retain(|_, until| until.is_none_or(|until| now < until));
    }
}
