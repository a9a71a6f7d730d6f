//! What the hook is asked for, and what its answers mean to the person: shared by signing up, by the session
//! that the hook makes, and by one's own factors. Never here: the words, or what is done next.

use super::notice::{FieldName, NoticeKind, Severity};
use crate::authn::reader::Reader;
use crate::authn::{Answer, TransportError};
use crate::hook::{self, HookError, Problem, ProblemCode};

/// What the hook, or the page's own code, is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The form for signing up.
    Form,
    /// The page's own code, before that is sent.
    PreSubmit,
    /// A new user.
    Registration,
    /// The page's own code, after that.
    PostSubmit,
    /// The org, to sign the new user in.
    FirstSignIn,
    /// A session that the hook knows of.
    Session,
    /// The factors there are.
    Factors,
    /// What can be set up.
    Catalog,
    /// The org's questions. Runs in the background.
    Questions,
    /// A new factor.
    Enrollment,
    /// The first proof of it.
    Activation,
    /// The code once more.
    Resend,
    /// A challenge, or its proof.
    Challenge,
    /// How a challenge stands that a phone answers.
    Look,
    /// A proof of the password.
    Password,
    /// That a factor goes.
    Removal,
    /// That the session ends.
    SignOut,
}

/// What a person must be told that only the hook, or signing up, leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookNotice {
    /// Fields are wrong; each says why.
    CheckFields,
    /// What was typed is not accepted.
    NotAccepted,
    /// The page's own code refuses: its own words, where it has any.
    PageRefused(Option<String>),
    /// The person could not be told from a robot.
    ChallengeFailed,
    /// The account is there, its phone is no factor.
    PhoneNotEnrolled,
    /// The password is wrong.
    WrongPassword,
    /// A policy of the org forbids it.
    NotPermitted,
    /// There is such a factor already.
    AlreadySetUp,
    /// The factor is not there any more.
    FactorGone,
    /// A factor was set up.
    FactorAdded,
    /// A factor was tried, and works.
    FactorWorks,
    /// A factor was taken away.
    FactorRemoved,
}

impl HookNotice {
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::PhoneNotEnrolled | Self::FactorAdded | Self::FactorWorks | Self::FactorRemoved => Severity::Info,
            _ => Severity::Error,
        }
    }

    pub(super) fn field(&self) -> Option<FieldName> {
        match self {
            Self::CheckFields => Some(FieldName::Published),
            Self::WrongPassword => Some(FieldName::Password),
            _ => None,
        }
    }
}

/// Why the hook did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// No answer came.
    Transport(TransportError),
    /// The answer is no good one.
    Hook(HookError),
}

/// Reads what came back.
pub(super) fn answered<T>(
    outcome: Result<Answer, TransportError>,
    read: impl FnOnce(&Reader) -> T,
) -> Result<T, Failure> {
    let answer = outcome.map_err(Failure::Transport)?;
    hook::read(&answer, read).map_err(Failure::Hook)
}

impl Failure {
    /// The problem, where the hook told one.
    pub(super) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Hook(HookError::Problem(problem)) => Some(problem),
            _ => None,
        }
    }

    /// What to tell.
    pub(super) fn kind(&self) -> NoticeKind {
        match self {
            Self::Transport(error) => (*error).into(),
            Self::Hook(HookError::Unreadable) => NoticeKind::Unexpected,
            Self::Hook(HookError::Problem(problem)) => kind_of(problem),
        }
    }

    /// Whether it may go better the next time, with the same input.
    pub(super) fn may_pass(&self) -> bool {
        let is_org = |problem: &Problem| problem.status >= 500;
        self.problem().is_none_or(is_org)
    }
}

fn kind_of(problem: &Problem) -> NoticeKind {
    let kind = match &problem.code {
        Some(ProblemCode::InvalidFields) => HookNotice::CheckFields,
        Some(ProblemCode::ChallengeFailed) => HookNotice::ChallengeFailed,
        Some(ProblemCode::WrongPassword) => HookNotice::WrongPassword,
        Some(ProblemCode::NotPermitted) => HookNotice::NotPermitted,
        Some(ProblemCode::AlreadySetUp) => HookNotice::AlreadySetUp,
        Some(ProblemCode::NotFound) => HookNotice::FactorGone,
        Some(ProblemCode::WrongCode) => return NoticeKind::WrongCode,
        Some(ProblemCode::WrongAnswer) => return NoticeKind::WrongAnswer,
        Some(ProblemCode::OrgUnreachable) => return NoticeKind::Unreachable,
        Some(ProblemCode::OrgTimedOut) => return NoticeKind::NoAnswer,
        _ if problem.status == 429 => return NoticeKind::RateLimited,
        _ if problem.status >= 500 => return NoticeKind::ServerError,
        _ => return NoticeKind::Failed,
    };
    NoticeKind::Hook(kind)
}
