//! The one error that is not a failure: something that a person has to do first. It ends the program with exit code 2.
//! Not here: what went wrong in a build or a test.

use std::fmt;

/// Says what is missing and what to do about it.
#[derive(Debug)]
pub(crate) struct ActionRequired(String);

impl ActionRequired {
    pub(crate) fn new(what_to_do: impl Into<String>) -> Self {
        Self(what_to_do.into())
    }
}

impl fmt::Display for ActionRequired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ActionRequired {}
