//! The input and output of an operation. The HTTP layer fills a [`Call`] and writes the [`Reply`].
//!
//! Hashing a password is slow on purpose and must not hold the org's lock. An operation that has to
//! hash returns [`Refusal::Needs`] before it changes anything; the caller does the work without the
//! lock, stores the result in the call, and runs the operation again.
//!
//! Not here: names of headers (`http/operation.rs`).

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    error::{self, ApiError},
    org::password::{Hashed, Hasher, Password},
    time::Timestamp,
};

/// One request, parsed.
pub(crate) struct Call {
    pub(crate) now: Timestamp,
    pub(crate) input: Input,
    pub(crate) query: HashMap<String, String>,
    /// The values of the path's placeholders.
    pub(crate) path: HashMap<String, String>,
    /// The browser's device cookie.
    pub(crate) device: String,
    /// The session cookie.
    pub(crate) session: Option<String>,
    /// The `Origin` header.
    pub(crate) origin: Option<String>,
    /// The `Accept-Language` header: the language of what the org sends.
    pub(crate) language: Option<String>,
    /// Whether the client accepts a response without a body (`Prefer: return=minimal`).
    pub(crate) prefers_minimal: bool,
    /// Whether the request carries one of the org's API tokens.
    pub(crate) trusted: bool,
    /// The device fingerprint header, if sent.
    pub(crate) fingerprint: Option<String>,
    /// A random password, for operations that create a temporary one.
    pub(crate) temporary_password: String,
    pub(crate) work: Work,
}

impl Call {
    /// The value of a placeholder in the path.
    pub(crate) fn in_path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// Whether a query parameter is `true`, in upper or lower case: clients in Python write `True`.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Whether a query parameter is `false`, in upper or lower case.
    pub(crate) fn asks_not_for(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value.eq_ignore_ascii_case("false"))
    }
}

/// The members of the JSON body.
#[derive(Default)]
pub(crate) struct Input(Map<String, Value>);

impl Input {
    pub(crate) fn new(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// An optional text member.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(error::NOT_WELL_FORMED.because(format!("{name}: must be a string"))),
        }
    }

    /// A required text member.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name)?.ok_or_else(|| error::MISSING.because(format!("{name}: The field cannot be left blank")))
    }

    /// A boolean member; `false` if missing.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// An object member; empty if missing.
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

    /// A member of any type.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Whether the member is present and not null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}

/// The successful result of an operation.
pub(crate) enum Reply {
    /// 200 with JSON.
    Json(Value),
    /// 200 with one page of a list, and the path and query of the next page.
    Page(Vec<Value>, Option<String>),
    /// 204.
    Nothing,
    /// 204, because the client preferred a minimal response.
    Minimal,
    /// 204, and the session cookie is deleted.
    SessionOver,
    /// 200 with an image.
    Png(Vec<u8>),
}

/// Why an operation has no result.
pub(crate) enum Refusal {
    /// The request is refused.
    Api(ApiError),
    /// The operation must be run again after this task.
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
    /// Compare the password with a hash.
    Check(Hashed, Password),
    /// Hash the password.
    Hash(Password),
}

/// Results of slow work so far.
#[derive(Debug, Default)]
pub(crate) struct Work {
    checked: Vec<(Hashed, Password, bool)>,
    hashed: Vec<(Password, Hashed)>,
}

impl Work {
    /// Whether the password matches the hash.
    pub(crate) fn check(&self, kept: &Hashed, password: &Password) -> Result<bool, Refusal> {
        let known = self.checked.iter().find(|(one, other, _)| one == kept && other == password);
        match known {
            Some((.., matches)) => Ok(*matches),
            None => Err(Refusal::Needs(Task::Check(kept.clone(), password.clone()))),
        }
    }

    /// The hash of the password.
    pub(crate) fn hash(&self, password: &Password) -> Result<Hashed, Refusal> {
        let known = self.hashed.iter().find(|(one, _)| one == password);
        known.map(|(_, kept)| kept.clone()).ok_or_else(|| Refusal::Needs(Task::Hash(password.clone())))
    }

    /// Does the work; slow.
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
