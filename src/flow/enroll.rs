//! Setting up factors. Never here: what a factor needs to be shown.

use super::effect::Effect;
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{FieldName, Notice, NoticeKind};
use super::step::Step;
use super::verify::without_spaces;
use crate::authn::request::Proof;
use crate::authn::{Passcode, Request};

impl Machine {
    pub(super) fn enroll(&mut self, place: usize) {
        let Step::MfaEnroll(step) = &self.screen.step else { return };
        let Some(factor) = step.factors.get(place) else { return };
        let (Some(link), Some(token)) = (factor.links.get("enroll"), &step.envelope.state_token) else { return };
        let request = Request::enroll(&self.settings.org, link, token, factor);
        self.send_if_trusted(Purpose::Transaction, request, Some(Intent::Enroll(place)));
    }

    pub(super) fn copy_key(&mut self) {
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        let activation = step.factor.activation.as_ref();
        if let Some(secret) = activation.and_then(|activation| activation.shared_secret.clone()) {
            self.effect(Effect::Copy(secret));
        }
    }

    /// The news may come after the person went on.
    pub(super) fn key_copied(&mut self) {
        if matches!(self.screen.step, Step::MfaEnrollActivate(_)) {
            self.notify(Notice::of(NoticeKind::KeyCopied));
        }
    }

    pub(super) fn activate(&mut self, passcode: &Passcode) {
        let passcode = without_spaces(passcode);
        if passcode.is_empty() {
            return self.ask_for(FieldName::Passcode);
        }
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        let (Some(link), Some(token)) = (step.envelope.links.next("activate"), &step.envelope.state_token) else {
            return;
        };
        let proof = Proof::Passcode(passcode);
        let request = Request::verify(&self.settings.org, link, token, Some(&proof), None);
        self.send_if_trusted(Purpose::Transaction, request, None);
    }
}
