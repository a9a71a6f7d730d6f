//! What the page's own code is told while a sign-in goes on: no token is in any of it. Not here: the result for the
//! page's own code, which has the session token ([`SignInResult`](crate::SignInResult)), or how the page is told.

use crate::notice::NoticeKind;
use okta_authn::transaction::User;
use okta_authn::{AuthnError, ErrorCode, TransportError};

/// Something that the page's own code may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInEvent {
    /// A person can use the first step. It comes once, before that step.
    Ready,
    /// A new step is shown.
    Step(Summary),
    /// The sign-in has succeeded, and the browser is about to leave the page.
    Success(Success),
    /// Something failed, and the person was told.
    Error(Failure),
    /// The person, or the page, has ended the sign-in at this step.
    Cancel {
        /// Name of the step.
        step: &'static str,
    },
}

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The transaction's status, as the org names it; `None` where the step belongs to none.
    pub status: Option<String>,
    /// Name of the step.
    pub step: &'static str,
    /// Who is signing in, as far as the org tells.
    pub user: Option<User>,
}

/// A success that a redirect follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// What the browser leaves for.
    pub kind: SuccessKind,
    /// Who signed in, as far as the org tells.
    pub user: Option<User>,
}

/// What the browser leaves for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuccessKind {
    /// A session for a new sign-in.
    SignedIn,
    /// The session that existed before.
    ExistingSession,
    /// A page of the org, or of an identity provider, where the sign-in goes on.
    Redirect,
}

/// What failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The org's `errorCode`, the hook's code, or one of ours.
    pub code: String,
    /// The HTTP status, where there was a response.
    pub status: Option<u16>,
    /// Name of the step that it happened at.
    pub step: &'static str,
    /// Whether the same may succeed later.
    pub retryable: bool,
}

/// A response that cannot be read, or an error without a code.
pub(crate) const UNREADABLE: &str = "unreadable-response";
/// A web page in place of a response.
const OTHER_PAGE: &str = "other-page";

/// The name of the step at which a person can do nothing yet.
pub(crate) const RESUMING: &str = "resuming";
/// The same in factor management.
pub(crate) const LOADING: &str = "loading";
/// The name of a step that another machine follows at once.
pub(crate) const RETURNED: &str = "returned";

impl SignInEvent {
    /// Whether it says that a person can use the widget.
    pub fn is_usable(&self) -> bool {
        matches!(self, Self::Step(summary) if summary.step != RESUMING && summary.step != LOADING)
    }
}

impl Failure {
    /// `step` is known by the core that tells it.
    pub(crate) fn new(code: &str, status: Option<u16>, retryable: bool) -> Self {
        Self { code: code.to_owned(), status, step: "", retryable }
    }

    pub(crate) fn of(error: &AuthnError) -> Self {
        match error {
            AuthnError::Api(error) => {
                let code = error.code.as_ref().map_or(UNREADABLE, ErrorCode::as_str);
                Self::new(code, Some(error.status), is_temporary(error.status))
            }
            AuthnError::Transport(error) => Self::of_transport(*error),
            AuthnError::NotJson { status } => Self::new(UNREADABLE, Some(*status).filter(|status| *status > 0), true),
            AuthnError::Decode(_) => Self::new(UNREADABLE, None, true),
            AuthnError::UntrustedLink(_) => Self::untrusted_link(),
        }
    }

    pub(crate) fn of_transport(error: TransportError) -> Self {
        let code = match error {
            TransportError::Offline => "offline",
            TransportError::Unreachable => "unreachable",
            TransportError::TimedOut => "timed-out",
            TransportError::OtherPage => OTHER_PAGE,
            TransportError::PageFailed => return Self::host_callback(),
        };
        Self::new(code, None, true)
    }

    /// What the person is told where polls fail for this reason.
    pub(crate) fn of_polls(&self) -> NoticeKind {
        match (self.status, self.code.as_str()) {
            (Some(429), _) => NoticeKind::PollSlowed,
            (Some(500..), _) => NoticeKind::PollTroubled,
            (_, OTHER_PAGE) => NoticeKind::OtherPage,
            (_, UNREADABLE) => NoticeKind::Unexpected,
            _ => NoticeKind::PollLost,
        }
    }

    /// The page's own code has failed.
    pub(crate) fn host_callback() -> Self {
        Self::new("host-callback", None, false)
    }

    pub(crate) fn untrusted_link() -> Self {
        Self::new("untrusted-link", None, false)
    }
}

/// Whether the same request may succeed later.
pub(crate) fn is_temporary(status: u16) -> bool {
    status == 429 || status >= 500
}
