//! Setting a factor up: the catalog, the form that some of them begin with, and the first proof. Not here: a factor
//! that is set up (`verify`).

use super::state::{EnrollDetails, ProofPurpose};
use super::{ManageFactors, ManageStep, id};
use crate::code;
use crate::event::{Intent, ManageIntent};
use crate::factor_method::{EnrollMethod, VerifyMethod, enroll_method, verify_method};
use crate::hook::Enrolled;
use crate::hook::factor::questions;
use crate::hook_operation::{HookOperation, ListNotice, read_response};
use crate::phone::PhoneEntry;
use crate::transaction::enroll::missing_in_request;
use crate::transaction::verify::missing_in;
use okta_authn::factor::Question;
use okta_authn::request::{EnrollRequest, Proof};
use okta_authn::{Factor, FactorKind, Response, TransportError};
use std::rc::Rc;

impl ManageFactors {
    pub(super) fn fetch_catalog(&mut self) {
        if matches!(self.step, ManageStep::List { .. }) {
            let request = self.hook.catalog();
            self.send(HookOperation::Catalog, request, Some(Intent::Manage(ManageIntent::Add)));
        }
    }

    /// The proof is asked for before anything is typed, if there is anything to add.
    pub(super) fn catalog_found(&mut self, catalog: Rc<[Factor]>, proof_required: bool) {
        if proof_required && catalog.iter().any(|factor| enroll_method_here(factor).is_some()) {
            self.reauthenticate(ProofPurpose::Addition(catalog));
        } else {
            self.show(ManageStep::Catalog(catalog));
        }
    }

    /// Sets up what is at this place: at once, or by a form where something must be typed.
    pub(super) fn enroll(&mut self, place: usize) {
        let ManageStep::Catalog(catalog) = &self.step else { return };
        let Some(factor) = catalog.get(place).cloned() else { return };
        match enroll_method_here(&factor) {
            None => {}
            Some(EnrollMethod::Direct) => {
                let request = self.hook.enroll(&factor, &EnrollRequest::Plain);
                self.send(HookOperation::Enrollment, request, Some(Intent::Enroll(place)));
            }
            // The form begins with the org's questions: it is shown when they have come.
            Some(EnrollMethod::Question) => {
                let request = self.hook.questions();
                self.send(HookOperation::Questions(place), request, None);
            }
            Some(_) => self.show_form(place, Rc::from([])),
        }
    }

    fn show_form(&mut self, place: usize, questions: Rc<[Question]>) {
        let ManageStep::Catalog(catalog) = &self.step else { return };
        if let Some(factor) = catalog.get(place).cloned() {
            let catalog = catalog.clone();
            self.show(ManageStep::Form(EnrollDetails { factor, questions, catalog }));
        }
    }

    /// The org's questions make the choice easier; without them, a person writes a question of their own.
    pub(super) fn questions_found(&mut self, place: usize, outcome: Result<Response, TransportError>) {
        let found = read_response(outcome, questions).unwrap_or_default();
        self.show_form(place, found.into());
    }

    pub(super) fn enroll_with(&mut self, with: &EnrollRequest) {
        let ManageStep::Form(form) = &self.step else { return };
        if let Some(field) = missing_in_request(with) {
            return self.core.ask_for(field);
        }
        let request = self.hook.enroll(&form.factor, with);
        self.send(HookOperation::Enrollment, request, None);
    }

    /// A number that cannot be one is refused here; whether it exists, the org says.
    pub(super) fn enroll_phone(&mut self, entry: PhoneEntry) {
        let ManageStep::Form(form) = &self.step else { return };
        match entry.refusal(form.factor.kind() == FactorKind::Call) {
            Some(refusal) => self.core.tell(refusal),
            None => self.enroll_with(&entry.request()),
        }
    }

    pub(super) fn enrolled(&mut self, enrolled: Enrolled) {
        if enrolled.is_active() {
            return self.fetch_list(Some(ListNotice::Added));
        }
        // The list has it too, for a person who leaves it unfinished.
        let known = self.factors.iter().filter(|known| !known.factor.is_same(&enrolled.factor)).cloned();
        self.factors = known.chain([enrolled.clone()]).collect();
        let kind = enrolled.factor.kind();
        self.show(ManageStep::Activate(enrolled));
        match verify_method(kind) {
            VerifyMethod::SentCode => self.core.hold_resend(kind == FactorKind::Email),
            VerifyMethod::Authenticator => self.ask(),
            _ => {}
        }
    }

    /// Continues a setup that was left.
    pub(super) fn finish_setup(&mut self, place: usize) {
        if let (ManageStep::List { .. }, Some(enrolled)) = (&self.step, self.factors.get(place).cloned())
            && !enrolled.is_active()
        {
            self.show(ManageStep::Activate(enrolled));
        }
    }

    pub(super) fn activate(&mut self, proof: Proof) {
        let ManageStep::Activate(enrolled) = &self.step else { return };
        let proof = code::normalized_proof(proof, Some(enrolled.factor.kind()));
        if let Some(field) = missing_in(&proof) {
            return self.core.ask_for(field);
        }
        let request = self.hook.activate(id(&enrolled.factor), &proof);
        self.send(HookOperation::Activation, request, None);
    }

    /// A factor that is not finished is removed again.
    pub(super) fn cancel_setup(&mut self) {
        if let ManageStep::Activate(enrolled) = &self.step {
            let request = self.hook.remove(id(&enrolled.factor));
            self.send(HookOperation::Removal, request, Some(Intent::Manage(ManageIntent::CancelSetup)));
        }
    }
}

/// What setting it up begins with here; `None` where it cannot be set up here. Unlike a sign-in, the hook wants to know
/// the e-mail address.
pub fn enroll_method_here(factor: &Factor) -> Option<EnrollMethod> {
    match factor.kind() {
        FactorKind::Email => Some(EnrollMethod::Email),
        FactorKind::Sms
        | FactorKind::Call
        | FactorKind::Question
        | FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::WebAuthn => Some(enroll_method(factor.kind())),
        _ => None,
    }
}
