//! What one machine gives to the next: the start machine to the transaction machine, and back. Both stay in this
//! page's memory. Not here: loading the code of the other machine.

use crate::countdown::Countdown;
use crate::notice::NoticeKind;
use crate::ticket::Ticket;
use okta_authn::transaction::RecoveryType;
use okta_authn::{Envelope, Request, Response, SessionToken, StateToken};

/// A sign-in that the transaction machine continues.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// Identifies the handoff for `HandoffFailed`.
    pub ticket: Ticket,
    /// The user name as typed so far.
    pub username: String,
    /// Whether an older session of the org may exist, which must be closed before a new one begins.
    pub may_have_session: bool,
    /// The pause after a rate limit, where one runs.
    pub pause: Countdown,
    /// The page is hidden.
    pub hidden: bool,
    /// What continues.
    pub to: HandoffTo,
}

/// What the transaction machine continues with.
#[derive(Clone, Debug, PartialEq)]
pub enum HandoffTo {
    /// The response to a user name and password.
    Response(Response),
    /// A sign-in that succeeded; the hook opens a session before the browser leaves.
    Success(Box<Envelope>, SessionToken),
    /// The response to a token that the page was opened with.
    Resumed(Response),
    /// The same, where that is SUCCESS already: the person is asked before it counts.
    ResumedSuccess(Box<Envelope>, Option<SessionToken>),
    /// The session that exists, for which the org is asked for tokens.
    Tokens,
    /// The page's address, which may have the answer to a request for tokens.
    TokensAnswer,
    /// The form for a forgotten password, or a locked account.
    Recovery(Recovery),
    /// The registration form.
    Registration,
    /// The question which identity provider the user name belongs to ([`discovery`](crate::discovery)), for the sign-in that
    /// an app began with this token. The start machine stays in charge, and gets the answer.
    Discovery(Option<StateToken>),
}

/// What a recovery is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// A forgotten password.
    Password,
    /// A locked account.
    Unlock,
}

impl Recovery {
    /// What the transaction says.
    pub fn of(envelope: &Envelope) -> Self {
        if envelope.recovery_type == Some(RecoveryType::Unlock) { Self::Unlock } else { Self::Password }
    }
}

/// Why a transaction ended without a result, and what the start form needs to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReturnToStart {
    /// The user name as typed so far.
    pub username: String,
    /// The pause after a rate limit, where one runs.
    pub pause: Countdown,
    /// The newest generation of tickets: results that come later than this do nothing in the start machine.
    pub generation: u32,
    /// Why, where the person must be told.
    pub reason: Option<NoticeKind>,
    /// The org's error id that goes with the reason.
    pub error_id: Option<String>,
    /// The org offers to unlock the account.
    pub offers_unlock: bool,
    /// A transaction that asks for a user name and password again.
    pub transaction: Option<Envelope>,
    /// Tells the org that the transaction is cancelled. Its response does not matter.
    pub cancel: Option<Request>,
    /// Whether somebody may be signed in of whom the start machine does not know.
    pub looks_up_session: bool,
    /// The page was shown again after the browser had left it: the remembered user name.
    pub restored: Option<Option<String>>,
}
