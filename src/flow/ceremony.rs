//! What is asked of an authenticator, or by Duo, and what is done with the answer (contract 1.11, 1.12). A
//! person who says no has made no mistake, and the transaction stays where it is. Never here: calling
//! either.

use super::effect::Effect;
use super::event::{Intent, Purpose, Ticket};
use super::machine::Machine;
use super::notice::{Notice, NoticeKind, Retry};
use super::step::Step;
use crate::authn::request::Proof;
use crate::authn::{Answer, Ceremony, Credential, CredentialError, Duo, DuoSignature, Factor, Request, TransportError};

impl Machine {
    /// Asks the authenticator or Duo, as the factor in work says. Neither being there, nothing.
    pub(super) fn ask(&mut self) {
        let Some(factor) = self.screen.step.factor() else { return };
        let (ceremony, duo) = (ceremony(factor), duo(factor));
        if let Some(ceremony) = ceremony {
            self.stop();
            self.screen.busy = true;
            self.screen.notice = None;
            let ticket = Ticket { generation: self.generation(), purpose: Purpose::Credential };
            self.effect(Effect::AskAuthenticator { ticket, ceremony });
        } else if let Some(duo) = duo {
            match self.settings.org.admit_navigation(&duo.script) {
                Ok(script) => {
                    self.stop();
                    self.screen.notice = None;
                    // A look would make this question the older one.
                    self.clock.duo_told = false;
                    let ticket = Ticket { generation: self.generation(), purpose: Purpose::Duo };
                    self.effect(Effect::AskDuo { ticket, script, host: duo.host, signature: duo.signature });
                }
                Err(error) => self.notify(Notice::of(NoticeKind::UntrustedLink { target: error.target })),
            }
        }
    }

    pub(super) fn credential(&mut self, outcome: Result<Credential, CredentialError>) {
        self.screen.busy = false;
        let kind = match outcome {
            Ok(credential) => {
                let proof = Proof::Credential(credential);
                return match &self.screen.step {
                    Step::MfaEnrollActivate(_) => self.activate(proof),
                    _ => self.verify(Some(&proof), None),
                };
            }
            Err(CredentialError::Refused | CredentialError::Failed) => NoticeKind::CredentialRefused,
            Err(CredentialError::AlreadyRegistered) => NoticeKind::CredentialKnown,
            Err(CredentialError::Unavailable) => NoticeKind::CredentialUnavailable,
        };
        self.notify(Notice::of(kind));
    }

    pub(super) fn duo_signed(&mut self, signature: Option<DuoSignature>) {
        let Some(factor) = self.screen.step.factor() else { return };
        let (duo, id) = (duo(factor), factor.id.clone().unwrap_or_default());
        let token = self.screen.step.state_token().cloned();
        if let (Some(duo), Some(token), Some(signature)) = (duo, token, signature) {
            let request = Request::duo(&self.settings.org, &duo.complete, &token, &id, &signature);
            self.send_if_trusted(Purpose::Duo, request, Some(Intent::AskAgain));
        } else {
            self.repeat = Some(Intent::AskAgain);
            self.notify(Notice { retry: Retry::Again, ..Notice::of(NoticeKind::FactorFailed(None)) });
        }
    }

    /// What the org thought of Duo's signature is told by the next look.
    pub(super) fn duo_told(&mut self, outcome: Result<Answer, TransportError>) {
        match outcome {
            Ok(answer) if (200..300).contains(&answer.status) => self.look_soon(),
            Ok(answer) => match answer.into_transaction() {
                Ok(_) => self.look_soon(),
                Err(error) => self.fail(error, Purpose::Duo),
            },
            Err(error) => self.fail_transport(error),
        }
    }
}

fn ceremony(factor: &Factor) -> Option<Ceremony> {
    let challenge = factor.challenge.as_ref().and_then(|challenge| challenge.ceremony.clone());
    challenge.or_else(|| factor.activation.as_ref().and_then(|activation| activation.ceremony.clone()))
}

fn duo(factor: &Factor) -> Option<Duo> {
    let challenge = factor.challenge.as_ref().and_then(|challenge| challenge.duo.clone());
    challenge.or_else(|| factor.activation.as_ref().and_then(|activation| activation.duo.clone()))
}
