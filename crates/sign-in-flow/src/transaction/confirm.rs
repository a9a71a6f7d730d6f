//! A transaction that a link began has come to SUCCESS, and the person has done nothing for it on this page: an
//! activation token, a push that was approved elsewhere. Whoever made the link may be somebody else, so the person is
//! asked, and told who is signed in now. Not here: the end of the sign-in (`leaving`).

use super::{TransactionMachine, TransactionStep};
use crate::settings::ExistingSession;
use crate::start::SessionLookup;
use crate::ticket::Purpose;
use okta_authn::{Envelope, Request, Response, SessionToken, TransportError};

/// Data of [`TransactionStep::Confirm`].
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// Who is signed in now. The question waits for that.
    pub session: SessionLookup,
    envelope: Box<Envelope>,
    token: Option<SessionToken>,
}

impl Confirm {
    /// Who would be signed in, where the org says so.
    pub fn login(&self) -> Option<&str> {
        self.envelope.login()
    }

    /// Whether the sign-in changes nothing: the same person is signed in already.
    fn is_same(&self) -> bool {
        let SessionLookup::Found(session) = &self.session else { return false };
        self.login().is_some_and(|login| login.eq_ignore_ascii_case(&session.login))
    }
}

impl TransactionMachine {
    /// Asks, once it is known who is signed in.
    pub(super) fn ask_to_continue(&mut self, envelope: Box<Envelope>, token: Option<SessionToken>) {
        self.core.show(None);
        let mut session = SessionLookup::Absent;
        if self.settings.existing_session != ExistingSession::Ignore {
            session = SessionLookup::Pending;
            self.core.send_in_background(Purpose::Session, Request::session(&self.settings.org));
        }
        self.step = TransactionStep::Confirm(Confirm { session, envelope, token });
    }

    pub(super) fn session_known(&mut self, outcome: Result<Response, TransportError>) {
        let TransactionStep::Confirm(confirm) = &mut self.step else { return };
        if confirm.session != SessionLookup::Pending {
            return;
        }
        confirm.session = SessionLookup::read(outcome);
        if confirm.is_same() {
            return self.continue_confirmed();
        }
        self.core.show(None);
    }

    /// The person wants it.
    pub(super) fn continue_confirmed(&mut self) {
        if !matches!(&self.step, TransactionStep::Confirm(confirm) if confirm.session != SessionLookup::Pending) {
            return;
        }
        let step = std::mem::replace(&mut self.step, TransactionStep::Unsupported);
        if let TransactionStep::Confirm(Confirm { session, envelope, token }) = step {
            self.may_have_session = session != SessionLookup::Absent;
            self.succeed(envelope, token);
        }
    }
}
