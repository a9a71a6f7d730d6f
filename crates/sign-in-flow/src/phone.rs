//! A phone number as a view has read it, and what keeps it from being sent. Not here: the rules of phone numbers, which
//! the view asks for.

use crate::notice::{FieldName, NoticeKind};
use okta_authn::request::EnrollRequest;

/// A phone number as it was typed, and read by the rules that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneEntry {
    /// In E.164; without `+` where its country is not known; empty where none was typed.
    pub number: String,
    /// Of an office telephone; empty where none was typed.
    pub extension: String,
    /// What is wrong with the number for sure.
    pub problem: Option<PhoneProblem>,
}

/// What is wrong with a number whatever the org knows. That one is of no known pattern is none of these: the rules may
/// be older than the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Its country has none that is so short.
    TooShort,
    /// Its country has none that is so long.
    TooLong,
}

impl PhoneEntry {
    /// A number with which nothing is wrong.
    pub fn of(number: impl Into<String>) -> Self {
        Self { number: number.into(), ..Self::default() }
    }

    /// What keeps it from being sent. Nothing but a call reaches an extension.
    pub(crate) fn refusal(&self, is_called: bool) -> Option<NoticeKind> {
        match (missing_in_number(&self.number), self.problem) {
            (Some(field), _) => Some(NoticeKind::Missing(field)),
            (None, Some(PhoneProblem::TooShort)) => Some(NoticeKind::PhoneTooShort),
            (None, Some(PhoneProblem::TooLong)) => Some(NoticeKind::PhoneTooLong),
            (None, None) => (!is_called && !self.extension.is_empty()).then_some(NoticeKind::ExtensionInvalid),
        }
    }

    /// The request that sets it up, without what the step knows.
    pub(crate) fn request(self) -> EnrollRequest {
        let Self { number, extension, .. } = self;
        EnrollRequest::Phone { number, extension, replaces: false, unchecked: false }
    }
}

/// What a phone number lacks. One that does not begin with a country's code is a number inside a country, of which
/// there are as many as countries.
pub(crate) fn missing_in_number(number: &str) -> Option<FieldName> {
    match number {
        "" => Some(FieldName::Phone),
        number if !number.starts_with('+') => Some(FieldName::Country),
        _ => None,
    }
}
