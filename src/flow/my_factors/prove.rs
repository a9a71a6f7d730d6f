//! Proving a factor that is set up: to see that it works, or because a fresh proof is asked for. Never here:
//! the first proof of a new one (`set_up`).

use super::set_up::id;
use super::{Doing, MyFactors};
use crate::authn::activation::Challenge;
use crate::authn::request::Proof;
use crate::authn::{Answer, Ceremony, Credential, CredentialError, Factor, FactorKind, Password, TransportError};
use crate::flow::countdown::Countdown;
use crate::flow::effect::Effect;
use crate::flow::event::{Intent, Manage};
use crate::flow::hook::{Asked, HookNotice, answered};
use crate::flow::notice::{FieldName, NoticeKind};
use crate::flow::verify::{RESEND_AFTER, RESEND_EMAIL_AFTER, without_spaces};
use crate::flow::way::{Proving, proving};
use crate::hook::{Enrolled, Outcome};

impl MyFactors {
    pub(super) fn test(&mut self, place: usize) {
        if let (Doing::Listing, Some(enrolled)) = (self.doing(), self.factors.get(place))
            && provable_here(enrolled)
        {
            self.begin_proof(enrolled.factor.clone(), Intent::Manage(Manage::Test(place)));
        }
    }

    /// One of the ways to a fresh proof.
    pub(super) fn prove_with(&mut self, place: usize) {
        if let Doing::Vouching { ways, .. } = self.doing()
            && let Some(factor) = ways.get(place).cloned()
        {
            self.begin_proof(factor, Intent::Choose(place));
        }
    }

    /// What is at hand is asked for at once; else the challenge begins.
    fn begin_proof(&mut self, factor: Factor, repeat: Intent) {
        match proving(factor.kind()) {
            Proving::SentCode | Proving::Push | Proving::Authenticator => {
                let request = self.hook.verify(id(&factor), None);
                self.proving = Some(factor);
                self.send(Asked::Challenge, request, Some(repeat));
            }
            Proving::Code | Proving::Answer => self.show(Doing::Proving { factor, waiting: false }),
            _ => {}
        }
    }

    /// The challenge once more.
    pub(super) fn challenge(&mut self) {
        if let Doing::Proving { factor, .. } = self.doing() {
            let factor = factor.clone();
            let request = self.hook.verify(id(&factor), None);
            self.proving = Some(factor);
            self.send(Asked::Challenge, request, Some(Intent::Resend));
        }
    }

    pub(super) fn resend(&mut self) {
        if self.resend.seconds.is_some() {
            return;
        }
        match self.doing() {
            Doing::Activating(enrolled) => {
                let request = self.hook.resend(id(&enrolled.factor));
                self.send(Asked::Resend, request, Some(Intent::Resend));
            }
            _ => self.challenge(),
        }
    }

    pub(super) fn sent_again(&mut self) {
        self.hold_resend();
        self.tell(NoticeKind::CodeSent);
    }

    pub(super) fn hold_resend(&mut self) {
        let is_mail = self.doing().factor().is_some_and(|factor| factor.kind() == FactorKind::Email);
        self.resend = Countdown::of(if is_mail { RESEND_EMAIL_AFTER } else { RESEND_AFTER }, self.now);
    }

    pub(super) fn prove(&mut self, proof: Proof) {
        let Doing::Proving { factor, .. } = self.doing() else { return };
        let proof = without_spaces(proof);
        let missing = match &proof {
            Proof::Passcode(code) if code.is_empty() => Some(FieldName::Passcode),
            Proof::Answer(answer) if answer.is_empty() => Some(FieldName::Answer),
            _ => None,
        };
        if let Some(field) = missing {
            return self.tell(NoticeKind::Missing(field));
        }
        let factor = factor.clone();
        let request = self.hook.verify(id(&factor), Some(&proof));
        self.proving = Some(factor);
        self.send(Asked::Challenge, request, None);
    }

    pub(super) fn prove_password(&mut self, password: &Password) {
        if !matches!(self.doing(), Doing::Vouching { .. }) {
            return;
        }
        if password.is_empty() {
            return self.tell(NoticeKind::Missing(FieldName::Password));
        }
        self.send(Asked::Password, self.hook.prove_password(password), None);
    }

    /// What came of a challenge, or how one stands that a phone answers.
    pub(super) fn challenged(&mut self, asked: Asked, outcome: Result<Answer, TransportError>) {
        let credential = self.proving.as_ref().and_then(|factor| factor.credential_id.clone());
        let outcome = match answered(outcome, |answer| Outcome::read(answer, credential.as_ref())) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => return,
            Err(failure) if asked == Asked::Look && failure.may_pass() => return self.missed(&failure),
            Err(failure) => return self.fail(&failure),
        };
        let Some(factor) = self.proving.clone() else { return };
        match outcome {
            Outcome::Success => self.proved(),
            Outcome::Waiting(transaction) => {
                self.transaction = Some(transaction);
                if asked == Asked::Look {
                    self.looked();
                } else {
                    self.show(Doing::Proving { factor, waiting: true });
                    self.hold_resend();
                }
            }
            Outcome::Challenge(Some(ceremony)) => {
                let challenge = Some(Challenge { ceremony: Some(ceremony), ..Challenge::default() });
                self.show(Doing::Proving { factor: Factor { challenge, ..factor }, waiting: false });
                self.ask();
            }
            Outcome::Challenge(None) if matches!(self.doing(), Doing::Proving { .. }) => self.sent_again(),
            Outcome::Challenge(None) => {
                self.show(Doing::Proving { factor, waiting: false });
                self.hold_resend();
            }
            Outcome::Rejected | Outcome::Timeout => {
                self.transaction = None;
                self.update(Doing::Proving { factor, waiting: false });
                let no = outcome == Outcome::Rejected;
                self.tell(if no { NoticeKind::PushRejected } else { NoticeKind::PushTimedOut });
            }
        }
    }

    /// It was proved: it works, or what waited for a proof goes on.
    pub(super) fn proved(&mut self) {
        if self.removing.is_some() {
            return self.take_away();
        }
        self.news = Some(NoticeKind::Hook(HookNotice::FactorWorks));
        self.show_list();
    }

    /// Asks the authenticator.
    pub(super) fn ask(&mut self) {
        let Some(ceremony) = self.doing().factor().and_then(ceremony) else { return };
        let asked = if matches!(self.doing(), Doing::Activating(_)) { Asked::Activation } else { Asked::Challenge };
        let ticket = self.ticket(asked);
        self.effects.push(Effect::AskAuthenticator { ticket, ceremony });
    }

    pub(super) fn credential(&mut self, outcome: Result<Credential, CredentialError>) {
        self.screen.busy = false;
        let kind = match outcome {
            Ok(credential) => {
                let proof = Proof::Credential(credential);
                let is_new = matches!(self.doing(), Doing::Activating(_));
                return if is_new { self.activate(proof) } else { self.prove(proof) };
            }
            Err(CredentialError::Refused | CredentialError::Failed) => NoticeKind::CredentialRefused,
            Err(CredentialError::AlreadyRegistered) => NoticeKind::CredentialKnown,
            Err(CredentialError::Unavailable) => NoticeKind::CredentialUnavailable,
        };
        self.tell(kind);
    }
}

/// Whether it can be proved here: by what the hook takes, and only when it is set up to the end.
pub fn provable_here(enrolled: &Enrolled) -> bool {
    let way = proving(enrolled.factor.kind());
    let here = [Proving::SentCode, Proving::Push, Proving::Authenticator, Proving::Code, Proving::Answer];
    enrolled.is_active() && here.contains(&way)
}

fn ceremony(factor: &Factor) -> Option<Ceremony> {
    let challenge = factor.challenge.as_ref().and_then(|challenge| challenge.ceremony.clone());
    challenge.or_else(|| factor.activation.as_ref().and_then(|activation| activation.ceremony.clone()))
}
