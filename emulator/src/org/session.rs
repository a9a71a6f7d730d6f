//! Browser sessions, the session tokens that are exchanged for them, and remembered devices.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use serde::{Deserialize, Deserializer, Serialize};

use super::{federation::SignedInAt, user::UserId};
use crate::time::Timestamp;

/// A completed sign-in; its session token is exchanged for one session.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) user: UserId,
    pub(crate) expires: Timestamp,
    #[serde(deserialize_with = "known_amr")]
    pub(crate) amr: Vec<&'static str>,
    pub(crate) factor_proved: Option<Timestamp>,
    pub(crate) password_proved: Timestamp,
    /// The identity provider; `None` is the org itself.
    #[serde(default)]
    pub(crate) provider: Option<SignedInAt>,
}

/// A session.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user: UserId,
    pub(crate) created: Timestamp,
    pub(crate) expires: Timestamp,
    #[serde(deserialize_with = "known_amr")]
    pub(crate) amr: Vec<&'static str>,
    pub(crate) factor_proved: Option<Timestamp>,
    pub(crate) password_proved: Timestamp,
    /// Whether its cookie is Identity Engine's: then it can't be addressed by its id.
    #[serde(default)]
    pub(crate) idx: bool,
    /// The identity provider; `None` is the org itself.
    #[serde(default)]
    pub(crate) provider: Option<SignedInAt>,
}

/// How long a session lives without a refresh.
pub(crate) const IDLE: Duration = Duration::from_hours(2);

/// Maximum number of stored fingerprints.
const MAX_FINGERPRINTS: usize = 10_000;

/// Devices, by their cookie, with the users they are remembered for.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Devices {
    #[serde(with = "pairs")]
    remembered: HashMap<(String, UserId), Option<Timestamp>>,
    /// Factors to which this device sends a push automatically.
    auto_push: HashSet<(String, String)>,
    /// Fingerprints of the browsers that each user signed in with.
    fingerprints: HashSet<(String, UserId)>,
}

impl Devices {
    /// Remembers the device for this user, until a time or without limit.
    pub(crate) fn remember(&mut self, device: &str, user: &str, until: Option<Timestamp>) {
        self.remembered.insert((device.to_owned(), user.to_owned()), until);
    }

    /// Forgets the user on every device.
    pub(crate) fn forget(&mut self, user: &str) {
        self.remembered.retain(|(_, remembered), _| remembered != user);
    }

    pub(crate) fn is_remembered(&self, device: &str, user: &str, now: Timestamp) -> bool {
        match self.remembered.get(&(device.to_owned(), user.to_owned())) {
            Some(until) => until.is_none_or(|until| now < until),
            None => false,
        }
    }

    /// Stores whether this device sends a push to this factor automatically.
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

    /// Records that the user signed in with a browser of this fingerprint.
    pub(crate) fn record_fingerprint(&mut self, fingerprint: &str, user: &str) {
        if self.fingerprints.len() < MAX_FINGERPRINTS {
            self.fingerprints.insert((fingerprint.to_owned(), user.to_owned()));
        }
    }

    pub(crate) fn has_seen(&self, fingerprint: &str, user: &str) -> bool {
        self.fingerprints.contains(&(fingerprint.to_owned(), user.to_owned()))
    }

    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.remembered.retain(|_, until| until.is_none_or(|until| now < until));
    }
}

/// Values of `amr`.
const AMR: [&str; 10] = ["pwd", "kba", "sms", "tel", "otp", "swk", "hwk", "sc", "mca", "mfa"];

/// Deserializes `amr`.
pub(super) fn known_amr<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<&'static str>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    Ok(names.iter().filter_map(|name| AMR.iter().find(|known| **known == name.as_str())).copied().collect())
}

/// Serializes a map with non-string keys as a list of pairs.
mod pairs {
    use std::{collections::HashMap, hash::Hash};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &HashMap<K, V>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(from: D) -> Result<HashMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Eq + Hash,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(from)?.into_iter().collect())
    }
}
