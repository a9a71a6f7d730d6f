//! Name and password, and the start form around them. Never here: what the answer means.

use super::effect::Effect;
use super::event::Purpose;
use super::machine::Machine;
use super::notice::FieldName;
use super::session::Probe;
use super::step::Step;
use crate::authn::{Password, Request};

impl Machine {
    pub(super) fn begin(&mut self, remembered: Option<String>) {
        self.keep_username = remembered.is_some();
        self.username = remembered.or_else(|| self.settings.username.clone()).unwrap_or_default();
        let start = self.start();
        self.stop();
        if self.screen.step != start {
            let first = self.screen.number == 0;
            self.show(start);
            self.screen.number -= u32::from(first);
        }
        self.touched = false;
        self.probe = Probe::Unknown;
        self.look_for_session();
    }

    pub(super) fn sign_in(&mut self, username: &str, password: &Password, keep_username: bool) {
        if !matches!(self.screen.step, Step::Start(_)) {
            return;
        }
        let username = username.trim();
        username.clone_into(&mut self.username);
        self.keep_username = keep_username;
        if username.is_empty() {
            return self.ask_for(FieldName::Username);
        }
        if password.is_empty() {
            return self.ask_for(FieldName::Password);
        }
        self.effect(Effect::KeepUsername(keep_username.then(|| username.to_owned())));
        let request = Request::primary(&self.settings.org, username, password, self.settings.options);
        self.send(Purpose::Transaction, request, None);
    }
}
