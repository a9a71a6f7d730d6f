//! What an operation is given and what it gives back. The HTTP layer fills a [`Call`] and sends an
//! [`Answer`]; nothing here knows a header's name.
//!
//! Hashing a password takes long on purpose and must not hold the org's lock. So an operation that
//! meets one asks for the work ([`Refusal::Needs`]) before it changes anything; the caller does it
//! without the lock, notes the outcome in the call, and runs the operation again.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    error::{self, ApiError},
    org::password::{Hashed, Hasher, Password},
    time::Moment,
};

/// One request, read.
pub(crate) struct Call {
    pub(crate) now: Moment,
    pub(crate) input: Input,
    pub(crate) query: HashMap<String, String>,
    /// What the path's placeholders stand for.
    pub(crate) path: HashMap<String, String>,
    /// The browser, by its device cookie.
    pub(crate) device: String,
    /// The session cookie.
    pub(crate) session: Option<String>,
    /// The origin of the page that calls.
    pub(crate) origin: Option<String>,
    /// Whether an empty answer will do (`Prefer: return=minimal`).
    pub(crate) prefers_minimal: bool,
    /// Whether it came with one of the org's API tokens.
    pub(crate) trusted: bool,
    /// What the browser looks like, if it told.
    pub(crate) fingerprint: Option<String>,
    /// A password that no one has yet, for those who need one.
    pub(crate) temporary_password: String,
    pub(crate) work: Work,
}

impl Call {
    /// A placeholder of the path.
    pub(crate) fn in_path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// Whether a query parameter says `true`.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value == "true")
    }
}

/// The members of the body.
#[derive(Default)]
pub(crate) struct Input(Map<String, Value>);

impl Input {
    pub(crate) fn new(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// A text member, if it is there.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(error::NOT_WELL_FORMED.because(format!("{name}: must be a string"))),
        }
    }

    /// A text member that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name)?.ok_or_else(|| error::MISSING.because(format!("{name}: The field cannot be left blank")))
    }

    /// A yes or no, no if it is not there.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The members of a member; none if it is not there.
    pub(crate) fn object(&self, name: &str) -> Result<Self, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(Self::default()),
            Some(Value::Object(members)) => Ok(Self(members.clone())),
            Some(_) => Err(error::NOT_WELL_FORMED.because(format!("{name}: must be an object"))),
        }
    }

    /// All members.
    pub(crate) fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// A member as it came.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Whether the member is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}

/// What an operation gives back when all is well.
pub(crate) enum Answer {
    /// 200 with JSON.
    Json(Value),
    /// 200 with a part of a list, and the query that leads to the next part.
    Page(Vec<Value>, Option<String>),
    /// 204.
    Nothing,
    /// 204, as was preferred.
    Minimal,
    /// 204, and the session's cookie goes.
    SessionOver,
    /// 200 with a picture.
    Png(Vec<u8>),
}

/// Why an operation gave nothing back.
pub(crate) enum Refusal {
    /// The request is refused.
    Api(ApiError),
    /// It has to be run again when this is done.
    Needs(Task),
}

impl<T: Into<ApiError>> From<T> for Refusal {
    fn from(error: T) -> Self {
        Self::Api(error.into())
    }
}

/// Slow work on a password.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// Is this the password?
    Check(Hashed, Password),
    /// Hash it.
    Hash(Password),
}

/// What slow work came to, so far.
#[derive(Debug, Default)]
pub(crate) struct Work {
    checked: Vec<(Hashed, Password, bool)>,
    hashed: Vec<(Password, Hashed)>,
}

impl Work {
    /// Whether this is the password.
    pub(crate) fn check(&self, kept: &Hashed, password: &Password) -> Result<bool, Refusal> {
        let known = self.checked.iter().find(|(one, other, _)| one == kept && other == password);
        match known {
            Some((.., matches)) => Ok(*matches),
            None => Err(Refusal::Needs(Task::Check(kept.clone(), password.clone()))),
        }
    }

    /// The password, hashed.
    pub(crate) fn hash(&self, password: &Password) -> Result<Hashed, Refusal> {
        let known = self.hashed.iter().find(|(one, _)| one == password);
        known.map(|(_, kept)| kept.clone()).ok_or_else(|| Refusal::Needs(Task::Hash(password.clone())))
    }

    /// Does the work. Takes long.
    pub(crate) fn perform(&mut self, task: Task, hasher: &Hasher) {
        match task {
            Task::Check(kept, password) => {
                let matches = hasher.matches(&kept, &password);
                self.checked.push((kept, password, matches));
            }
            Task::Hash(password) => {
                let kept = hasher.hash(&password);
                self.hashed.push((password, kept));
            }
        }
    }
}
