//! The session that may exist already. It is looked up while the form is shown, so that the form never waits. Not
//! here: the session's cookie, which no script can read.

use super::{StartMachine, StartStep};
use crate::effect::{Navigation, SignInResult};
use crate::event::Intent;
use crate::failure::{FailureContext, Meaning, general};
use crate::handoff::HandoffTo;
use crate::notice::NoticeKind;
use crate::settings::{AfterSuccess, ExistingSession};
use crate::ticket::Purpose;
use okta_authn::transaction::User;
use okta_authn::{ApiError, AuthnError, Request, Response, Session, TransportError};

/// What is known of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionLookup {
    /// Not looked up, or not answered yet.
    Pending,
    /// There is none.
    Absent,
    /// This one.
    Found(Session),
}

impl SessionLookup {
    /// Reads the response. A failure says nothing, and counts as none.
    pub(crate) fn read(outcome: Result<Response, TransportError>) -> Self {
        let session = outcome.ok().and_then(|response| response.into_session().ok()).flatten();
        session.map_or(Self::Absent, Self::Found)
    }
}

impl StartMachine {
    pub(super) fn look_up_session(&mut self) {
        if self.settings.existing_session != ExistingSession::Ignore {
            self.looked_up = self.core.generation();
            self.core.send_in_background(Purpose::Session, Request::session(&self.settings.org));
        }
    }

    /// What was known of it may be outdated.
    pub(super) fn look_up_session_again(&mut self) {
        self.session = SessionLookup::Pending;
        self.look_up_session();
    }

    /// Whether an older session may exist, which must be closed before a new one begins.
    pub(super) fn may_have_session(&self) -> bool {
        self.settings.existing_session != ExistingSession::Ignore && self.session != SessionLookup::Absent
    }

    /// To find none, for whatever reason, changes nothing: the form is shown.
    pub(super) fn session_found(&mut self, outcome: Result<Response, TransportError>) {
        if self.session != SessionLookup::Pending {
            return;
        }
        self.session = SessionLookup::read(outcome);
        let SessionLookup::Found(session) = self.session.clone() else { return };
        let StartStep::Form(form) = &self.step else { return };
        match self.settings.existing_session {
            _ if self.core.screen.busy => {}
            ExistingSession::Continue => self.continue_session(),
            _ if form.edited => self.core.tell(NoticeKind::AlreadySignedIn { login: session.login }),
            _ => {
                self.core.show(None);
                self.step = StartStep::Session(session);
            }
        }
    }

    pub(super) fn continue_session(&mut self) {
        if !matches!(self.step, StartStep::Session(_) | StartStep::Form(_)) {
            return;
        }
        let SessionLookup::Found(session) = &self.session else { return };
        let ending = match &self.settings.after_success {
            AfterSuccess::SessionCookie { redirect_url, .. } => {
                let (id, first_name, last_name) = (None, None, None);
                self.core.signed_in = Some(User { id, login: Some(session.login.clone()), first_name, last_name });
                self.core.navigate(&self.settings, Navigation::Redirect(redirect_url.clone()))
            }
            AfterSuccess::Callback => {
                self.core.complete(SignInResult::ExistingSession { login: session.login.clone() })
            }
            AfterSuccess::Tokens => return self.hand_off_from_resuming(HandoffTo::Tokens),
        };
        self.end(ending);
    }

    pub(super) fn sign_out(&mut self) {
        if matches!(self.step, StartStep::Session(_)) {
            let request = Request::close_session(&self.settings.org);
            self.core.send(Purpose::SignOut, request, Some(Intent::SignOut));
        }
    }

    pub(super) fn signed_out(&mut self, outcome: Result<Response, TransportError>) {
        let error = match outcome {
            // 404: it had ended already.
            Ok(response) if (200..300).contains(&response.status) || response.status == 404 => {
                self.session = SessionLookup::Absent;
                return self.start_over(Some(NoticeKind::SignedOut));
            }
            Ok(response) => response.into_session().err().unwrap_or(AuthnError::NotJson { status: 0 }),
            Err(error) => AuthnError::Transport(error),
        };
        // The form's words are about a name and a password; here are neither.
        let meaning = |error: &ApiError| Meaning::Told(general(error));
        let context = FailureContext { meaning: &meaning, has_form: false };
        self.core.fail(&self.settings.org, error, Purpose::SignOut, context);
    }
}
