//! Proving a factor that is set up: to test it, or because a fresh proof is needed. Not here: the first proof of a new
//! one (`enroll`).

use super::state::{Proof as ProofStep, ProofPurpose, Reauthenticate};
use super::{ManageFactors, ManageStep, id};
use crate::code;
use crate::event::{Intent, ManageIntent};
use crate::factor_method::{VerifyMethod, verify_method};
use crate::hook::{Enrolled, Outcome};
use crate::hook_operation::{HookOperation, read_response};
use crate::notice::HookNotice;
use crate::notice::{FieldName, NoticeKind};
use crate::ticket::Purpose;
use crate::transaction::ceremony::{ceremony, notice_of};
use crate::transaction::verify::missing_in;
use okta_authn::activation::Challenge;
use okta_authn::request::Proof;
use okta_authn::{Credential, CredentialError, Factor, FactorKind, Password, Response, TransportError};

impl ManageFactors {
    pub(super) fn test(&mut self, place: usize) {
        let (ManageStep::List { testing }, Some(enrolled)) = (&mut self.step, self.factors.get(place)) else { return };
        if can_verify_here(enrolled) {
            let factor = enrolled.factor.clone();
            *testing = Some(factor.clone());
            self.begin_proof(factor, ProofPurpose::Test, Intent::Manage(ManageIntent::Test(place)));
        }
    }

    /// Asks for a fresh proof: of any factor that can be proved here and counts, else of the password.
    pub(super) fn reauthenticate(&mut self, purpose: ProofPurpose) {
        let counts = |enrolled: &&Enrolled| enrolled.counts_as_proof && can_verify_here(enrolled);
        let methods = self.factors.iter().filter(counts).map(|enrolled| enrolled.factor.clone()).collect();
        self.show(ManageStep::Reauthenticate(Reauthenticate { purpose, methods, chosen: None }));
    }

    pub(super) fn reauthenticate_with(&mut self, place: usize) {
        if let ManageStep::Reauthenticate(step) = &mut self.step
            && let Some(factor) = step.methods.get(place).cloned()
        {
            step.chosen = Some(Box::new(factor.clone()));
            let purpose = step.purpose.clone();
            self.begin_proof(factor, purpose, Intent::Choose(place));
        }
    }

    /// A proof that is at hand is asked for at once; otherwise the challenge is started.
    fn begin_proof(&mut self, factor: Factor, purpose: ProofPurpose, repeat: Intent) {
        match verify_method(factor.kind()) {
            VerifyMethod::SentCode | VerifyMethod::Push | VerifyMethod::Authenticator => {
                let request = self.hook.verify(id(&factor), None);
                self.send(HookOperation::Challenge, request, Some(repeat));
            }
            VerifyMethod::Code | VerifyMethod::Answer => {
                self.show(ManageStep::Prove(ProofStep { factor, push: None, purpose }));
            }
            _ => {}
        }
    }

    /// Starts the challenge once more.
    pub(super) fn challenge_again(&mut self) {
        if let ManageStep::Prove(step) = &self.step {
            let request = self.hook.verify(id(&step.factor), None);
            self.send(HookOperation::Challenge, request, Some(Intent::Resend));
        }
    }

    pub(super) fn resend(&mut self) {
        if self.core.timers.resend.seconds.is_some() {
            return;
        }
        match &self.step {
            ManageStep::Activate(enrolled) => {
                let request = self.hook.resend(id(&enrolled.factor));
                self.send(HookOperation::Resend, request, Some(Intent::Resend));
            }
            _ => self.challenge_again(),
        }
    }

    pub(super) fn sent_again(&mut self) {
        self.hold_resend();
        self.core.tell(NoticeKind::CodeSent);
    }

    pub(super) fn hold_resend(&mut self) {
        let is_email = self.step.factor().is_some_and(|factor| factor.kind() == FactorKind::Email);
        self.core.hold_resend(is_email);
    }

    pub(super) fn prove(&mut self, proof: Proof) {
        let ManageStep::Prove(step) = &self.step else { return };
        let proof = code::normalized_proof(proof, Some(step.factor.kind()));
        if let Some(field) = missing_in(&proof) {
            return self.core.ask_for(field);
        }
        let request = self.hook.verify(id(&step.factor), Some(&proof));
        self.send(HookOperation::Challenge, request, None);
    }

    pub(super) fn prove_password(&mut self, password: &Password) {
        if !matches!(self.step, ManageStep::Reauthenticate(_)) {
            return;
        }
        if password.is_empty() {
            return self.core.ask_for(FieldName::Password);
        }
        let request = self.hook.prove_password(password);
        self.send(HookOperation::Password, request, None);
    }

    /// Polls a push.
    pub(super) fn poll(&mut self) {
        if let ManageStep::Prove(ProofStep { factor, push: Some(transaction), .. }) = &self.step
            && let Ok(request) = self.hook.poll(id(factor), transaction)
        {
            self.core.send_poll(Purpose::Hook(HookOperation::Poll), request);
        }
    }

    /// The factor whose challenge was started, and what its proof is for.
    fn challenged_factor(&self) -> Option<(Factor, ProofPurpose)> {
        match &self.step {
            ManageStep::List { testing } => Some((testing.clone()?, ProofPurpose::Test)),
            ManageStep::Reauthenticate(step) => Some((*step.chosen.clone()?, step.purpose.clone())),
            ManageStep::Prove(step) => Some((step.factor.clone(), step.purpose.clone())),
            _ => None,
        }
    }

    /// The result of a challenge or a proof, or the state of a push.
    pub(super) fn challenged(&mut self, operation: HookOperation, outcome: Result<Response, TransportError>) {
        let Some((factor, purpose)) = self.challenged_factor() else { return };
        let credential = factor.credential_id.clone();
        let result = match read_response(outcome, |response| Outcome::read(response, credential.as_ref())) {
            Ok(Some(result)) => result,
            // Reported as an error by the reader already.
            Ok(None) => return,
            Err(failure) if operation == HookOperation::Poll => {
                let is_temporary = failure.is_temporary() || matches!(failure.kind(), NoticeKind::RateLimited);
                if is_temporary {
                    self.core.poll_failed(failure.told());
                } else if let Some(notice) = self.failed(&failure) {
                    // To poll again at once would not change the result.
                    self.core.stop_polling(notice);
                }
                return;
            }
            Err(failure) => return self.fail(&failure),
        };
        match result {
            Outcome::Success => self.proved(),
            Outcome::Waiting(transaction) => {
                let push = Some(transaction);
                if operation == HookOperation::Poll {
                    self.step = ManageStep::Prove(ProofStep { factor, push, purpose });
                    self.core.poll_answered();
                } else {
                    self.show(ManageStep::Prove(ProofStep { factor, push, purpose }));
                    self.hold_resend();
                }
            }
            Outcome::Challenge(Some(ceremony)) => {
                let challenge = Some(Challenge { ceremony: Some(ceremony), ..Challenge::default() });
                self.show(ManageStep::Prove(ProofStep { factor: Factor { challenge, ..factor }, push: None, purpose }));
                self.ask();
            }
            Outcome::Challenge(None) if matches!(self.step, ManageStep::Prove(_)) => self.sent_again(),
            Outcome::Challenge(None) => {
                self.show(ManageStep::Prove(ProofStep { factor, push: None, purpose }));
                self.hold_resend();
            }
            Outcome::Rejected | Outcome::Timeout => {
                self.step = ManageStep::Prove(ProofStep { factor, push: None, purpose });
                self.core.updated();
                let rejected = result == Outcome::Rejected;
                self.core.tell(if rejected { NoticeKind::PushRejected } else { NoticeKind::PushTimedOut });
            }
        }
    }

    /// The factor was proved: it works, or what needed a proof goes on.
    pub(super) fn proved(&mut self) {
        match self.step.purpose() {
            ProofPurpose::Removal(_) => self.remove(),
            ProofPurpose::Addition(catalog) => self.show(ManageStep::Catalog(catalog)),
            ProofPurpose::Test => {
                self.show_list();
                self.core.tell(NoticeKind::Hook(HookNotice::FactorWorks));
            }
        }
    }

    /// Asks the authenticator.
    pub(super) fn ask(&mut self) {
        let Some(ceremony) = self.step.factor().and_then(ceremony) else { return };
        let is_new = matches!(self.step, ManageStep::Activate(_));
        let operation = if is_new { HookOperation::Activation } else { HookOperation::Challenge };
        self.core.ask_authenticator(Purpose::Hook(operation), ceremony);
    }

    pub(super) fn credential(&mut self, outcome: Result<Credential, CredentialError>) {
        match outcome {
            Ok(credential) if matches!(self.step, ManageStep::Activate(_)) => {
                self.activate(Proof::Credential(credential));
            }
            Ok(credential) => self.prove(Proof::Credential(credential)),
            Err(error) => self.core.tell(notice_of(error)),
        }
    }
}

/// Whether it can be proved here: by a method that the hook supports, and only when it is set up completely.
pub fn can_verify_here(enrolled: &Enrolled) -> bool {
    let method = verify_method(enrolled.factor.kind());
    let supported = [
        VerifyMethod::SentCode,
        VerifyMethod::Push,
        VerifyMethod::Authenticator,
        VerifyMethod::Code,
        VerifyMethod::Answer,
    ];
    enrolled.is_active() && supported.contains(&method)
}
