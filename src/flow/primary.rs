//! Name and password, and the start form around them. Never here: what the answer means.

use super::effect::Effect;
use super::event::Purpose;
use super::machine::Machine;
use super::notice::FieldName;
use super::session::Probe;
use super::step::{Start, Step};
use crate::authn::{Password, Request};

impl Machine {
    pub(super) fn begin(&mut self, remembered: Option<String>) {
        if std::mem::take(&mut self.early) {
            return self.look_for_session();
        }
        self.keep_username = remembered.is_some();
        self.username = remembered.or_else(|| self.settings.username.clone()).unwrap_or_default();
        self.stop();
        self.forget();
        self.clock.reset();
        if self.resume() {
            return;
        }
        let shown = matches!(&self.screen.step, Step::Start(start) if self.is_start_form(start));
        if !shown {
            let first = self.screen.number == 0;
            self.show(self.start());
            self.screen.number -= u32::from(first);
        }
        self.touched = false;
        self.probe = Probe::Unknown;
        self.look_for_session();
    }

    /// Whether the start form stands as a new one would.
    fn is_start_form(&self, start: &Start) -> bool {
        start.username == self.username && start.remembered == self.keep_username && start.envelope.is_none()
    }

    pub(super) fn sign_in(&mut self, username: &str, password: &Password, keep_username: bool) {
        let Step::Start(step) = &self.screen.step else { return };
        let step = step.clone();
        let username = username.trim();
        username.clone_into(&mut self.username);
        self.keep_username = keep_username;
        if username.is_empty() {
            return self.ask_for(FieldName::Username);
        }
        if password.is_empty() && !step.without_password {
            return self.ask_for(FieldName::Password);
        }
        self.effect(Effect::KeepUsername(keep_username.then(|| username.to_owned())));
        let (org, options) = (&self.settings.org, self.settings.options);
        // A sign-in that an app began goes on where it began.
        let begun = step
            .envelope
            .as_ref()
            .and_then(|envelope| Some((envelope.links.get("next")?, envelope.state_token.as_ref()?)));
        if let Some((link, token)) = begun {
            let request = Request::authenticate(org, link, token, username, password, options);
            self.send_if_trusted(Purpose::Transaction, request, None);
            return;
        }
        let password = (!step.without_password).then_some(password);
        let request = Request::primary(org, username, password, options, self.settings.relay_state.as_deref());
        self.send(Purpose::Transaction, request, None);
    }
}
