//! Writes the org's state as the API's JSON. Not here: changes to the state.

pub(crate) mod admin;
pub(crate) mod app_link;
mod challenge;
mod consent;
mod envelope;
mod factor;
pub(crate) mod link;
pub(crate) mod outcome;
mod policy;
pub(crate) mod session;
pub(crate) mod transaction;
mod user;

use serde_json::{Map, Value};

/// A JSON object under construction; members without a value are left out.
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
    /// `None` if there are no members.
    pub(crate) fn unless_empty(self) -> Option<Self> {
        (!self.0.is_empty()).then_some(self)
    }
}

impl From<Members> for Value {
    fn from(members: Members) -> Self {
        Self::Object(members.0)
    }
}
