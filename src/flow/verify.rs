//! Proving a factor: choosing one, sending a code, and the proof. All factors with a code share this flow.
//! Never here: what a wrong code leads to (that is `failure`).

use super::countdown::Countdown;
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{FieldName, Notice, NoticeKind};
use super::step::{MfaChallenge, MfaRequired, Step};
use crate::authn::policy::RememberDevice;
use crate::authn::request::Proof;
use crate::authn::{Envelope, Factor, FactorKind, Link, Passcode, Request, StateToken};
use std::rc::Rc;

/// Seconds between two messages (contract 1.17).
const RESEND_AFTER: u32 = 30;
/// The same for e-mail.
const RESEND_EMAIL_AFTER: u32 = 5;

impl Machine {
    pub(super) fn mfa_required(
        &mut self,
        envelope: Envelope,
        factors: Vec<Factor>,
        remember_device: Option<RememberDevice>,
    ) {
        let wanted = self.then_choose.take();
        let place = wanted.and_then(|wanted| factors.iter().position(|factor| factor.is_same(&wanted)));
        let chosen = place.unwrap_or(0);
        self.show(Step::MfaRequired(Rc::new(MfaRequired { envelope, factors, chosen, remember_device })));
    }

    pub(super) fn mfa_challenge(
        &mut self,
        envelope: Envelope,
        factor: Factor,
        remember_device: Option<RememberDevice>,
        purpose: Purpose,
    ) {
        let (factors, known_policy) = match &self.screen.step {
            Step::MfaRequired(before) => (before.factors.clone(), before.remember_device),
            Step::MfaChallenge(before) => (before.factors.clone(), before.remember_device),
            _ => (Vec::new(), None),
        };
        let kind = factor.kind();
        let may_resend = envelope.links.get("resend").is_some();
        let remember_device = remember_device.or(known_policy);
        let step = Step::MfaChallenge(Rc::new(MfaChallenge { envelope, factor, factors, remember_device }));
        if purpose == Purpose::Resend {
            // The same screen: what was typed stays, and focus too.
            self.screen.step = step;
            self.notify(Notice::of(NoticeKind::CodeSent));
        } else {
            self.show(step);
        }
        if may_resend && purpose != Purpose::StateQuery {
            self.hold_resend(kind);
        }
    }

    pub(super) fn hold_resend(&mut self, kind: FactorKind) {
        let seconds = if kind == FactorKind::Email { RESEND_EMAIL_AFTER } else { RESEND_AFTER };
        self.resend = Countdown::of(seconds, self.now);
        self.wait();
    }

    /// Within the list the choice is ours; a running challenge is left through `prev` first (contract 1.6).
    pub(super) fn choose(&mut self, place: usize) {
        match &self.screen.step {
            Step::MfaRequired(step) if place < step.factors.len() => {
                let step = MfaRequired { chosen: place, ..(**step).clone() };
                self.stop();
                self.show(Step::MfaRequired(Rc::new(step)));
            }
            Step::MfaChallenge(step) => {
                let wanted = step.factors.get(place).cloned();
                self.follow("prev", Intent::Choose(place));
                self.then_choose = wanted;
            }
            _ => {}
        }
    }

    pub(super) fn send_code(&mut self, remember_device: Option<bool>) {
        self.verify(None, remember_device, Some(Intent::SendCode { remember_device }));
    }

    pub(super) fn resend_code(&mut self) {
        if self.resend.seconds.is_some() {
            return;
        }
        if let Some((link, token)) = self.link("resend") {
            let request = Request::follow(&self.settings.org, &link, &token);
            self.send_if_trusted(Purpose::Resend, request, Some(Intent::Resend));
        }
    }

    pub(super) fn prove(&mut self, proof: Proof, remember_device: Option<bool>) {
        let proof = match proof {
            Proof::Passcode(code) => Proof::Passcode(without_spaces(&code)),
            answer @ Proof::Answer(_) => answer,
        };
        match &proof {
            Proof::Passcode(code) if code.is_empty() => return self.ask_for(FieldName::Passcode),
            Proof::Answer(answer) if answer.is_empty() => return self.ask_for(FieldName::Answer),
            _ => {}
        }
        self.verify(Some(&proof), remember_device, None);
    }

    fn verify(&mut self, proof: Option<&Proof>, remember_device: Option<bool>, repeat: Option<Intent>) {
        if remember_device.is_some() {
            self.screen.remember_device = remember_device;
        }
        if let Some((link, token)) = self.verify_link() {
            let request = Request::verify(&self.settings.org, &link, &token, proof, remember_device);
            self.send_if_trusted(Purpose::Transaction, request, repeat);
        }
    }

    fn verify_link(&self) -> Option<(Link, StateToken)> {
        match &self.screen.step {
            Step::MfaRequired(step) => {
                Some((step.factor()?.links.get("verify")?.clone(), step.envelope.state_token.clone()?))
            }
            Step::MfaChallenge(step) => {
                Some((step.envelope.links.next("verify")?.clone(), step.envelope.state_token.clone()?))
            }
            _ => None,
        }
    }
}

/// Authenticator apps show `123 456`, and people copy what they see.
pub(super) fn without_spaces(code: &Passcode) -> Passcode {
    Passcode::new(code.expose().split_whitespace().collect::<String>())
}
