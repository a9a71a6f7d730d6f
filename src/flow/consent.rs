//! What an app asks for, and the code that another device shows (contract 1.6). Never here: what a scope
//! means.

use super::event::Purpose;
use super::machine::Machine;
use super::notice::FieldName;
use super::step::{Consent, DeviceActivate, Step};
use crate::authn::{Envelope, Request, Scope};
use std::rc::Rc;

impl Machine {
    pub(super) fn consent_required(&mut self, envelope: Envelope, scopes: Vec<Scope>, for_all: bool) {
        let logo = envelope.target.as_ref().and_then(|target| target.logo.as_ref());
        let logo = logo.and_then(|link| self.settings.org.admit_image(link).ok());
        self.show(Step::Consent(Rc::new(Consent { envelope, scopes, for_all, logo })));
    }

    pub(super) fn consent(&mut self, granted: &[String]) {
        let Step::Consent(step) = &self.screen.step else { return };
        let scopes: Vec<_> = step
            .scopes
            .iter()
            .map(|scope| {
                let may_be_left_out = scope.optional?;
                Some(!may_be_left_out || granted.contains(&scope.name))
            })
            .zip(&step.scopes)
            .map(|(granted, scope)| (scope.name.clone(), granted))
            .collect();
        if let Some((link, token)) = self.link("next") {
            let request = Request::consent(&self.settings.org, &link, &token, &scopes);
            self.send_if_trusted(Purpose::Transaction, request, None);
        }
    }

    pub(super) fn device_activate(&mut self, envelope: Envelope, user_code: Option<String>) {
        let user_code = user_code.unwrap_or_default();
        self.show(Step::DeviceActivate(Rc::new(DeviceActivate { envelope, user_code })));
    }

    pub(super) fn activate_device(&mut self, code: &str) {
        if !matches!(self.screen.step, Step::DeviceActivate(_)) {
            return;
        }
        if code.trim().is_empty() {
            return self.ask_for(FieldName::UserCode);
        }
        if let Some((link, token)) = self.link("next") {
            let request = Request::activate_device(&self.settings.org, &link, &token, code.trim());
            self.send_if_trusted(Purpose::Transaction, request, None);
        }
    }
}
