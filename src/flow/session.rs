//! The session there may be already, and leaving with the one there is now. The look-up runs beside the
//! start form, so that the form never waits for it. Never here: the cookie.

use super::effect::{Effect, HandOver, Navigation};
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{Notice, NoticeKind};
use super::settings::{AfterSuccess, ExistingSession};
use super::step::Step;
use crate::authn::{Answer, AuthnError, Request, Session, TransportError};
use std::rc::Rc;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Probe {
    /// Not looked up, or not answered yet.
    Unknown,
    /// None.
    Absent,
    /// This one.
    Found(Session),
}

impl Machine {
    pub(super) fn look_for_session(&mut self) {
        if self.settings.existing_session != ExistingSession::Ignore {
            let request = Request::session(&self.settings.org);
            self.send(Purpose::Session, request, None);
        }
    }

    /// Finding none, for whatever reason, changes nothing: the form is there.
    pub(super) fn session_found(&mut self, outcome: Result<Answer, TransportError>) {
        if self.probe != Probe::Unknown {
            return;
        }
        let session = outcome.ok().and_then(|answer| answer.into_session().ok()).flatten();
        let Some(session) = session else {
            self.probe = Probe::Absent;
            return;
        };
        self.probe = Probe::Found(session.clone());
        let at_start = matches!(self.screen.step, Step::Start(_)) && !self.screen.busy;
        match self.settings.existing_session {
            _ if !at_start => {}
            ExistingSession::Continue => self.continue_session(),
            _ if self.touched => {
                self.notify(Notice::of(NoticeKind::AlreadySignedIn { login: session.login }));
            }
            _ => self.show(Step::Session(Rc::new(session))),
        }
    }

    pub(super) fn continue_session(&mut self) {
        if !matches!(self.screen.step, Step::Session(_) | Step::Start(_)) {
            return;
        }
        let Probe::Found(session) = &self.probe else { return };
        let onward = match &self.settings.after_success {
            AfterSuccess::SessionCookie { redirect_url, .. } => {
                Effect::Navigate(Navigation::Onward(redirect_url.clone()))
            }
            AfterSuccess::HandOver => Effect::HandOver(HandOver::ExistingSession { login: session.login.clone() }),
        };
        self.go(onward);
    }

    pub(super) fn sign_out(&mut self) {
        if !matches!(self.screen.step, Step::Session(_)) {
            return;
        }
        let request = Request::close_session(&self.settings.org);
        self.send(Purpose::SignOut, request, Some(Intent::SignOut));
    }

    pub(super) fn signed_out(&mut self, outcome: Result<Answer, TransportError>) {
        match outcome {
            // 404: it was gone already.
            Ok(answer) if (200..300).contains(&answer.status) || answer.status == 404 => {
                self.probe = Probe::Absent;
                self.start_over(Some(NoticeKind::SignedOut));
            }
            Ok(answer) => {
                let error = match answer.into_session() {
                    Err(error) => error,
                    Ok(_) => AuthnError::NotJson { status: 0 },
                };
                self.fail(error, Purpose::SignOut);
            }
            Err(error) => self.fail_transport(error),
        }
    }

    /// Leaves with a new sign-in. An org ignores a new session token while an old session lives (contract
    /// 1.20), so that one is closed first; also where the look for it has not been answered yet.
    pub(super) fn leave(&mut self, onward: Effect) {
        let looked = self.settings.existing_session != ExistingSession::Ignore;
        let may_live = looked && self.probe != Probe::Absent;
        if may_live && matches!(onward, Effect::Navigate(_)) {
            self.after_close = Some(onward);
            let request = Request::close_session(&self.settings.org);
            self.send(Purpose::Replace, request, None);
        } else {
            self.go(onward);
        }
    }

    /// Whether or not the old session could be closed, the new one is worth a try.
    pub(super) fn session_replaced(&mut self) {
        if let Some(onward) = self.after_close.take() {
            self.go(onward);
        }
    }

    pub(super) fn go(&mut self, onward: Effect) {
        let stays = matches!(onward, Effect::HandOver(_));
        let step = if stays { Step::SignedIn } else { Step::Leaving };
        if self.screen.step != step {
            self.show(step);
        }
        self.effect(onward);
    }
}
