//! What ties the result of a request to the moment it was sent. Not here: whether a result still counts (`core.rs`).

use crate::hook_operation::HookOperation;

/// Ties a result to the moment its request was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Results of an older generation do nothing.
    pub generation: u32,
    /// How the result is to be read.
    pub purpose: Purpose,
}

/// How a result is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// As the transaction's next state.
    Transaction,
    /// As the transaction's present state, asked for because this machine lost track of it.
    StateQuery,
    /// As the same, asked for because the browser shows the page again after leaving it.
    Restore,
    /// As the state of a transaction that began elsewhere.
    Resume,
    /// As a new code for the present challenge.
    Resend,
    /// As the state of a challenge that is answered elsewhere. Nobody waits for it.
    Poll,
    /// As an authenticator's answer to a challenge, or to an enrolment.
    Credential,
    /// As the confirmation that Duo's signature has arrived.
    Duo,
    /// As the org's list of questions, for the form of the factor at this place.
    Questions(usize),
    /// As the session that may exist. Runs in the background.
    Session,
    /// As the end of that session, asked for by the person.
    SignOut,
    /// As the end of that session, before the next one begins.
    CloseOldSession,
    /// As the transaction's present state, asked for so that it goes on. Runs in the background.
    KeepAlive {
        /// The person asked for it, and is told what came of it.
        tells: bool,
    },
    /// Not at all. Runs in the background.
    CancelTransaction,
    /// As the first sign-in of a new user.
    PrimaryAfterRegistration,
    /// As the answer of the page's own code, before a registration is sent.
    PagePreSubmit,
    /// As the answer of the page's own code, after a registration.
    PagePostSubmit,
    /// As the loaded code of the next machine.
    Handoff,
    /// As the identity provider that a user name belongs to.
    Discovery,
    /// As an answer of the org, or what the browser did, on the way to tokens.
    Tokens,
    /// As the hook's response to this.
    Hook(HookOperation),
}

impl Purpose {
    /// Whether the request goes on when the next one starts.
    pub fn is_background(self) -> bool {
        matches!(self, Self::Session | Self::KeepAlive { .. } | Self::CancelTransaction)
    }

    /// Whether it polls a challenge that is answered elsewhere.
    pub fn is_poll(self) -> bool {
        matches!(self, Self::Poll | Self::Hook(HookOperation::Poll))
    }

    /// Whether the response may change the present step, so that typing and focus stay.
    pub(crate) fn is_update(self) -> bool {
        matches!(self, Self::Resend | Self::Poll | Self::Restore)
    }

    /// Whether the person did something on this page that the response is the answer to.
    pub(crate) fn is_asked_for(self) -> bool {
        !matches!(self, Self::Resume | Self::Poll | Self::StateQuery | Self::Restore)
    }
}
