//! Setting a factor up: the choice, the form some of them begin with, and the first proof. Never here: a
//! factor that is set up (`prove`, `remove`).

use super::{Doing, MyFactors};
use crate::authn::request::{Enrollment, Proof};
use crate::authn::{Answer, Factor, TransportError};
use crate::flow::effect::Effect;
use crate::flow::event::{Intent, Manage, Purpose, Ticket};
use crate::flow::hook::{Asked, HookNotice, answered};
use crate::flow::notice::{FieldName, NoticeKind};
use crate::flow::verify::without_spaces;
use crate::flow::way::{Enrolling, Proving, enrolling, proving};
use crate::hook::Enrolled;
use crate::hook::factor::questions;
use std::rc::Rc;

impl MyFactors {
    pub(super) fn open_catalog(&mut self) {
        if matches!(self.doing(), Doing::Listing) {
            self.send(Asked::Catalog, self.hook.catalog(), Some(Intent::Manage(Manage::Add)));
        }
    }

    pub(super) fn choose_new(&mut self, catalog: Vec<Factor>) {
        self.catalog = catalog.into();
        self.show(Doing::Choosing(self.catalog.clone()));
    }

    /// Sets up what stands at this place: at once, or by a form where something must be typed.
    pub(super) fn enroll(&mut self, place: usize) {
        let Doing::Choosing(catalog) = self.doing() else { return };
        let Some(factor) = catalog.get(place).cloned() else { return };
        match enrolling_here(&factor) {
            None => {}
            Some(Enrolling::Direct) => {
                let request = self.hook.enroll(&factor, &Enrollment::Plain);
                self.send(Asked::Enrollment, request, Some(Intent::Enroll(place)));
            }
            Some(way) => {
                self.show(Doing::Describing { factor, questions: Rc::from([]) });
                if let (Enrolling::Question, Ok(request)) = (way, self.hook.questions()) {
                    let ticket = Ticket { generation: self.generation, purpose: Purpose::Hook(Asked::Questions) };
                    self.effects.push(Effect::Send { ticket, request });
                }
            }
        }
    }

    /// The org's questions make the choice easier; without them there is a question of one's own.
    pub(super) fn questions_found(&mut self, outcome: Result<Answer, TransportError>) {
        let Doing::Describing { factor, .. } = self.doing() else { return };
        let factor = factor.clone();
        if let (Ok(found), Enrolling::Question) = (answered(outcome, questions), enrolling(factor.kind())) {
            self.update(Doing::Describing { factor, questions: found.into() });
        }
    }

    pub(super) fn enroll_with(&mut self, what: &Enrollment) {
        let Doing::Describing { factor, .. } = self.doing() else { return };
        let missing = match what {
            Enrollment::Phone { number, .. } if number.is_empty() => Some(FieldName::Phone),
            Enrollment::Email(email) if email.is_empty() => Some(FieldName::Email),
            Enrollment::Question { question, .. } if question.trim().is_empty() => Some(FieldName::Question),
            Enrollment::Question { answer, .. } if answer.is_empty() => Some(FieldName::Answer),
            _ => None,
        };
        match missing {
            Some(field) => self.tell(NoticeKind::Missing(field)),
            None => self.send(Asked::Enrollment, self.hook.enroll(factor, what), None),
        }
    }

    pub(super) fn enrolled(&mut self, enrolled: Enrolled) {
        if enrolled.is_active() {
            return self.look_with(NoticeKind::Hook(HookNotice::FactorAdded));
        }
        // The list has it too, for who leaves it unfinished.
        let known = self.factors.iter().filter(|known| !known.factor.is_same(&enrolled.factor)).cloned();
        self.factors = known.chain([enrolled.clone()]).collect();
        let way = proving(enrolled.factor.kind());
        self.show(Doing::Activating(enrolled));
        match way {
            Proving::SentCode => self.hold_resend(),
            Proving::Authenticator => self.ask(),
            _ => {}
        }
    }

    /// Goes on with a set-up that was left.
    pub(super) fn finish(&mut self, place: usize) {
        if let (Doing::Listing, Some(enrolled)) = (self.doing(), self.factors.get(place).cloned())
            && !enrolled.is_active()
        {
            self.show(Doing::Activating(enrolled));
        }
    }

    pub(super) fn activate(&mut self, proof: Proof) {
        let Doing::Activating(enrolled) = self.doing() else { return };
        let proof = without_spaces(proof);
        if matches!(&proof, Proof::Passcode(code) if code.is_empty()) {
            return self.tell(NoticeKind::Missing(FieldName::Passcode));
        }
        let request = self.hook.activate(id(&enrolled.factor), &proof);
        self.send(Asked::Activation, request, None);
    }

    /// What is not finished goes away again.
    pub(super) fn abandon(&mut self) {
        if let Doing::Activating(enrolled) = self.doing() {
            let factor = enrolled.factor.clone();
            let request = self.hook.remove(id(&factor));
            self.removing = Some(factor);
            self.send(Asked::Removal, request, Some(Intent::Manage(Manage::Abandon)));
        }
    }

    pub(super) fn copy_key(&mut self) {
        let Doing::Activating(enrolled) = self.doing() else { return };
        let activation = enrolled.factor.activation.as_ref();
        if let Some(secret) = activation.and_then(|activation| activation.shared_secret.clone()) {
            self.effects.push(Effect::Copy(secret));
        }
    }
}

/// What setting it up begins with here; none where it can't be set up here. Unlike a sign-in, the hook wants to
/// know the address of a mailbox.
pub fn enrolling_here(factor: &Factor) -> Option<Enrolling> {
    use crate::authn::FactorKind;
    match factor.kind() {
        FactorKind::Email => Some(Enrolling::Email),
        FactorKind::Sms
        | FactorKind::Call
        | FactorKind::Question
        | FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::WebAuthn => Some(enrolling(factor.kind())),
        _ => None,
    }
}

/// The id of a factor that is the caller's.
pub(super) fn id(factor: &Factor) -> &str {
    factor.id.as_deref().unwrap_or_default()
}
