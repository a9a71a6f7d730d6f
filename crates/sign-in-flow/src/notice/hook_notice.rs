//! Notices that only the hook, or a registration, leads to. Not here: when one is shown.

use super::{FieldName, Severity};

/// What a person must be told that only the hook, or a registration, leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookNotice {
    /// Fields are wrong; each says why.
    CheckFields,
    /// The values are not accepted.
    NotAccepted,
    /// The page's own code refuses: its own text, where it has any.
    PageRefused(Option<String>),
    /// The challenge against robots failed.
    ChallengeFailed,
    /// The account exists; its phone could not be enrolled as a factor.
    PhoneNotEnrolled,
    /// The password is wrong.
    WrongPassword,
    /// A policy of the org forbids it.
    NotPermitted,
    /// There is such a factor already.
    AlreadySetUp,
    /// The factor is no longer there.
    FactorGone,
    /// A factor was added.
    FactorAdded,
    /// A factor was tested and works.
    FactorWorks,
    /// A factor was removed.
    FactorRemoved,
}

impl HookNotice {
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::PhoneNotEnrolled | Self::FactorAdded | Self::FactorWorks | Self::FactorRemoved => Severity::Info,
            _ => Severity::Error,
        }
    }

    pub(crate) fn field(&self) -> Option<FieldName> {
        match self {
            Self::CheckFields => Some(FieldName::Published),
            Self::WrongPassword => Some(FieldName::Password),
            _ => None,
        }
    }
}
