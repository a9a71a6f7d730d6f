//! How the org's state is written as the API's JSON. Nothing here changes anything.

pub(crate) mod admin;
mod challenge;
mod consent;
pub(crate) mod end;
mod envelope;
mod factor;
pub(crate) mod link;
mod policy;
pub(crate) mod session;
pub(crate) mod transaction;
mod user;

use serde_json::{Map, Value};

/// Members one after the other; those without a value are left out.
#[derive(Debug, Default)]
pub(crate) struct Members(Map<String, Value>);

impl Members {
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

impl Members {
    /// Nothing instead of no members.
    pub(crate) fn unless_empty(self) -> Option<Self> {
        (!self.0.is_empty()).then_some(self)
    }
}

impl From<Members> for Value {
    fn from(members: Members) -> Self {
        Self::Object(members.0)
    }
}
