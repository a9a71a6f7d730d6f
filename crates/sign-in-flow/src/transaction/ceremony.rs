//! What an authenticator or Duo is asked, and what is done with the answer (docs/authn-api.md#webauthn-and-u2f and
//! #duo). A person who declines has made no mistake, and the transaction stays where it is. Not here: calling either.

use super::enroll::{Enroll, EnrollStep};
use super::verify::{Verify, VerifyStep};
use super::{Context, TransactionMachine, TransactionStep};
use crate::core::Core;
use crate::effect::{DeviceEffect, Effect, Navigation};
use crate::event::Intent;
use crate::factor_method::VerifyMethod;
use crate::leaving::Leaving;
use crate::notice::{Notice, NoticeKind, Retry};
use crate::poll;
use crate::ticket::Purpose;
use crate::timers::PollPlan;
use okta_authn::request::Proof;
use okta_authn::{
    AuthnError, Ceremony, Credential, CredentialError, Duo, DuoSignature, Factor, Request, Response, TransportError,
};

impl Core {
    /// Asks an authenticator.
    pub(crate) fn ask_authenticator(&mut self, purpose: Purpose, ceremony: Ceremony) {
        let ticket = self.busy_ticket(purpose);
        self.effect(Effect::Device(Box::new(DeviceEffect::AskAuthenticator { ticket, ceremony })));
    }
}

/// What the person is told when an authenticator did not answer.
pub(crate) fn notice_of(error: CredentialError) -> NoticeKind {
    match error {
        CredentialError::Refused | CredentialError::Failed => NoticeKind::CredentialRefused,
        CredentialError::AlreadyRegistered => NoticeKind::CredentialKnown,
        CredentialError::Unavailable => NoticeKind::CredentialUnavailable,
    }
}

impl TransactionMachine {
    /// What the person asked for a moment ago begins at once. A page that was just opened waits for a press; only
    /// Duo's frame, in which its buttons are, is filled at once.
    pub(super) fn begin_ceremony(&mut self, purpose: Purpose) {
        if self.core.screen.notice.is_some() {
            return;
        }
        let asked_for = purpose == Purpose::Transaction;
        match self.step.verify_method() {
            Some(VerifyMethod::Duo) if asked_for || purpose == Purpose::Resume => self.ask(),
            // Of a page that was left and is shown again, Duo's answer would be to the older question.
            Some(VerifyMethod::Duo) if purpose == Purpose::Restore && !self.duo_sent() => self.ask(),
            Some(VerifyMethod::Authenticator) if asked_for => self.ask(),
            Some(VerifyMethod::Redirect) if asked_for => self.open_site(),
            _ => {}
        }
    }

    /// Asks the authenticator or Duo, as the factor in progress says. The person is told where the org sent neither.
    pub(super) fn ask(&mut self) {
        let Some(factor) = self.step.factor() else { return };
        if let Some(ceremony) = ceremony(factor) {
            self.core.ask_authenticator(Purpose::Credential, ceremony);
        } else if let Some(duo) = duo(factor) {
            match self.settings.org.admit_file(&duo.script) {
                Ok(script) => {
                    // A poll would make this question the older one.
                    self.set_duo_sent(false);
                    let ticket = self.core.next_ticket(Purpose::Duo);
                    let (host, signature) = (duo.host, duo.signature);
                    let ask = DeviceEffect::AskDuo { ticket, script, host, signature };
                    self.core.effect(Effect::Device(Box::new(ask)));
                }
                Err(error) => self.core.tell(error.into()),
            }
        } else if self.step.is_in_progress() && !is_legacy(factor) && self.core.screen.offers("next") {
            // The org asked in a way that can't be read here, or sent nothing that could be asked.
            match self.step.verify_method() {
                Some(VerifyMethod::Authenticator) => self.core.tell(NoticeKind::CredentialUnavailable),
                Some(VerifyMethod::Duo) => self.core.tell(NoticeKind::FactorFailed(None)),
                _ => {}
            }
        }
    }

    fn duo_sent(&self) -> bool {
        match &self.step {
            TransactionStep::Verify(Verify { step: VerifyStep::Challenge(step), .. }) => step.duo_sent,
            TransactionStep::Enroll(Enroll { step: EnrollStep::Activate(step), .. }) => step.duo_sent,
            _ => false,
        }
    }

    fn set_duo_sent(&mut self, sent: bool) {
        match &mut self.step {
            TransactionStep::Verify(Verify { step: VerifyStep::Challenge(step), .. }) => step.duo_sent = sent,
            TransactionStep::Enroll(Enroll { step: EnrollStep::Activate(step), .. }) => step.duo_sent = sent,
            _ => {}
        }
    }

    pub(super) fn credential(&mut self, outcome: Result<Credential, CredentialError>) {
        let proof = match outcome {
            Ok(credential) => Proof::Credential(credential),
            Err(error) => return self.core.tell(notice_of(error)),
        };
        let context = &mut Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
        match &self.step {
            TransactionStep::Enroll(enroll) => enroll.send_activate(context, Some(&proof), None),
            TransactionStep::Verify(verify) => verify.send(context, Some(&proof), None),
            _ => {}
        }
    }

    pub(super) fn duo_signed(&mut self, signature: Option<DuoSignature>) {
        let Some(factor) = self.step.factor() else { return };
        let (duo, id) = (duo(factor), factor.id.clone().unwrap_or_default());
        let token = self.core.screen.state_token().cloned();
        if let (Some(duo), Some(token), Some(signature)) = (duo, token, signature) {
            let request = Request::duo(&self.settings.org, &duo.complete, &token, &id, &signature);
            self.core.send_if_trusted(Purpose::Duo, request, Some(Intent::AskAgain));
        } else {
            self.core.repeat = Some(Intent::AskAgain);
            self.core.notify(Notice { retry: Retry::Again, ..Notice::of(NoticeKind::FactorFailed(None)) });
        }
    }

    /// The org has Duo's signature. What it thinks of it is told by the next poll.
    pub(super) fn duo_received(&mut self, outcome: Result<Response, TransportError>) {
        let error = match outcome {
            Ok(response) if (200..300).contains(&response.status) => None,
            Ok(response) => response.into_transaction().err(),
            Err(error) => Some(AuthnError::Transport(error)),
        };
        if let Some(error) = error {
            return self.fail(error, Purpose::Duo);
        }
        self.set_duo_sent(true);
        self.core.poll_now(PollPlan { interval: poll::CHALLENGE, first: 0, tells_slow: false });
    }

    /// Leaves for the site that proves the factor in progress, or sets it up (docs/authn-api.md#redirect-factors). It
    /// comes back with a state token.
    pub(super) fn open_site(&mut self) {
        let is_redirect = self.step.verify_method() == Some(VerifyMethod::Redirect);
        let Some((link, _)) = self.core.link("next").filter(|_| is_redirect) else { return };
        match self.settings.org.admit_navigation(&link) {
            Ok(url) => {
                self.core.show(None);
                self.core.go(Navigation::Org(url));
                self.step = TransactionStep::Leaving(Leaving::ToOtherSite);
            }
            Err(error) => self.core.tell(error.into()),
        }
    }
}

/// Whether it is asked for by an API that browsers have dropped, which the step says.
fn is_legacy(factor: &Factor) -> bool {
    factor.challenge.as_ref().is_some_and(|challenge| challenge.is_legacy)
        || factor.activation.as_ref().is_some_and(|activation| activation.is_legacy)
}

/// What an authenticator is asked about this factor.
pub(crate) fn ceremony(factor: &Factor) -> Option<Ceremony> {
    let challenge = factor.challenge.as_ref().and_then(|challenge| challenge.ceremony.clone());
    challenge.or_else(|| factor.activation.as_ref().and_then(|activation| activation.ceremony.clone()))
}

fn duo(factor: &Factor) -> Option<Duo> {
    let challenge = factor.challenge.as_ref().and_then(|challenge| challenge.duo.clone());
    challenge.or_else(|| factor.activation.as_ref().and_then(|activation| activation.duo.clone()))
}
