//! The operations of the hook, and what its errors mean to the person: shared by registration, by the session that the
//! hook opens, and by factor management. Not here: the texts, or what is done next.

use crate::hook::{self, HookError, Problem, ProblemCode};
use crate::notice::{HookNotice, NoticeKind};
use crate::sign_in_event::{Failure, UNREADABLE, is_temporary};
use okta_authn::reader::Reader;
use okta_authn::{Response, TransportError};

/// What the hook is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookOperation {
    /// The registration form.
    Form,
    /// A new user.
    Registration,
    /// A session that the hook knows of.
    Session,
    /// The caller's factors, and what the person is told when they have come.
    Factors(Option<ListNotice>),
    /// What can be set up.
    Catalog,
    /// The org's security questions, for the form of the factor at this place of the catalog.
    Questions(usize),
    /// A new factor.
    Enrollment,
    /// The first proof of it.
    Activation,
    /// The code once more.
    Resend,
    /// A challenge, or its proof.
    Challenge,
    /// The state of a challenge that is answered on a phone.
    Poll,
    /// A proof of the password.
    Password,
    /// The removal of a factor.
    Removal,
    /// The end of the session.
    SignOut,
}

/// What has changed in the list of factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListNotice {
    /// A factor was added.
    Added,
    /// A factor was removed.
    Removed,
    /// The factor is no longer there.
    Gone,
}

impl From<ListNotice> for NoticeKind {
    fn from(notice: ListNotice) -> Self {
        Self::Hook(match notice {
            ListNotice::Added => HookNotice::FactorAdded,
            ListNotice::Removed => HookNotice::FactorRemoved,
            ListNotice::Gone => HookNotice::FactorGone,
        })
    }
}

/// Why the hook did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HookFailure {
    /// There is no response.
    Transport(TransportError),
    /// The response is an error, or cannot be read.
    Hook(HookError),
}

/// Reads the response of an operation.
pub(crate) fn read_response<T>(
    outcome: Result<Response, TransportError>,
    read: impl FnOnce(&Reader) -> T,
) -> Result<T, HookFailure> {
    let response = outcome.map_err(HookFailure::Transport)?;
    hook::read(&response, read).map_err(HookFailure::Hook)
}

impl HookFailure {
    /// The problem, where the hook told one.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Hook(HookError::Problem(problem)) => Some(problem),
            _ => None,
        }
    }

    /// What the page's own code is told.
    pub(crate) fn told(&self) -> Failure {
        match self {
            Self::Transport(error) => Failure::of_transport(*error),
            Self::Hook(HookError::Unreadable) => Failure::new(UNREADABLE, None, true),
            Self::Hook(HookError::Problem(problem)) => {
                let code = problem.code.as_ref().map_or(UNREADABLE, |code| code.as_str());
                Failure::new(code, Some(problem.status), is_temporary(problem.status))
            }
        }
    }

    /// What the person is told.
    pub(crate) fn kind(&self) -> NoticeKind {
        match self {
            Self::Transport(error) => (*error).into(),
            Self::Hook(HookError::Unreadable) => NoticeKind::Unexpected,
            Self::Hook(HookError::Problem(problem)) => kind_of(problem),
        }
    }

    /// Whether the same input may succeed later.
    pub(crate) fn is_temporary(&self) -> bool {
        self.problem().is_none_or(|problem| problem.status >= 500)
    }

    /// When the hook accepts requests again, where it says so.
    pub(crate) fn retry_at(&self, now: u64) -> Option<u64> {
        let seconds = self.problem()?.retry_after?;
        Some(now + u64::from(seconds) * 1_000)
    }
}

fn kind_of(problem: &Problem) -> NoticeKind {
    let kind = match &problem.code {
        Some(ProblemCode::InvalidFields) => HookNotice::CheckFields,
        Some(ProblemCode::ChallengeFailed) => HookNotice::ChallengeFailed,
        Some(ProblemCode::WrongPassword) => HookNotice::WrongPassword,
        Some(ProblemCode::NotPermitted | ProblemCode::FactorProofRequired) => HookNotice::NotPermitted,
        Some(ProblemCode::AlreadySetUp) => HookNotice::AlreadySetUp,
        Some(ProblemCode::NotFound) => HookNotice::FactorGone,
        Some(ProblemCode::WrongCode) => return NoticeKind::WrongCode,
        Some(ProblemCode::WrongAnswer) => return NoticeKind::WrongAnswer,
        Some(ProblemCode::OrgUnreachable) => return NoticeKind::Unreachable,
        Some(ProblemCode::OrgTimedOut) => return NoticeKind::NoAnswer,
        Some(ProblemCode::TooSoon) => return NoticeKind::WaitToSend,
        _ if problem.status == 429 => return NoticeKind::RateLimited,
        _ if problem.status >= 500 => return NoticeKind::ServerError,
        _ => return NoticeKind::Failed,
    };
    NoticeKind::Hook(kind)
}
