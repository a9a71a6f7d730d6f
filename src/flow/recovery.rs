//! A forgotten password and a locked account: whose, by which channel, the code, the question. The org
//! answers alike for names it does not know, and so do we. Never here: the new password (`password`).

use super::event::{Intent, Purpose};
use super::hand_on::{FIRST_FORM, OnwardTo};
use super::machine::Machine;
use super::notice::FieldName;
use super::step::{Recover, Recovery, RecoveryChallenge, RecoveryQuestion, Step};
use crate::authn::{Channel, Envelope, RecoveryToken, Request, SecurityAnswer};
use std::rc::Rc;

impl Machine {
    /// Opens the form; the name typed so far comes along.
    pub(super) fn open_recovery(&mut self, recovery: Recovery, username: &str) {
        if !username.trim().is_empty() {
            username.trim().clone_into(&mut self.username);
        }
        if FIRST_FORM {
            self.stop();
            return self.hand_on(OnwardTo::Recovery(recovery));
        }
        let channels = match recovery {
            Recovery::Password => &self.settings.recovery,
            Recovery::Unlock => &self.settings.unlock,
        };
        // Where the org itself offers to unlock, mail always works.
        let channels = if channels.is_empty() { Rc::from([Channel::Email]) } else { Rc::from(channels.as_slice()) };
        self.stop();
        let step = Recover { recovery, username: self.username.clone(), channels };
        self.show(Step::Recover(Rc::new(step)));
    }

    pub(super) fn recover(&mut self, username: &str, channel: &Channel) {
        let Step::Recover(step) = &self.screen.step else { return };
        let path = match step.recovery {
            Recovery::Password => "/api/v1/authn/recovery/password",
            Recovery::Unlock => "/api/v1/authn/recovery/unlock",
        };
        username.trim().clone_into(&mut self.username);
        if self.username.is_empty() {
            return self.ask_for(FieldName::Username);
        }
        let relay_state = self.settings.relay_state.as_deref();
        let request = Request::recover(&self.settings.org, path, &self.username, channel, relay_state);
        self.send(Purpose::Transaction, request, None);
    }

    pub(super) fn recovery_challenge(&mut self, envelope: Envelope, channel: Channel, purpose: Purpose) {
        let may_resend = envelope.links.get("resend").is_some();
        let username = self.username.clone();
        let step = Step::RecoveryChallenge(Rc::new(RecoveryChallenge { envelope, channel, username }));
        self.show_or_update(step, purpose);
        if may_resend && purpose != Purpose::StateQuery {
            self.hold_resend(false);
        }
    }

    /// A recovery token is redeemed at once: there is nothing to ask.
    pub(super) fn recovery(&mut self, envelope: Envelope, question: Option<String>, token: Option<RecoveryToken>) {
        match token {
            Some(token) if envelope.links.next("recovery").is_some() => self.redeem(&token),
            _ => self.show(Step::RecoveryQuestion(Rc::new(RecoveryQuestion { envelope, question }))),
        }
    }

    pub(super) fn redeem(&mut self, token: &RecoveryToken) {
        self.show(Step::Resuming);
        let request = Request::redeem(&self.settings.org, token);
        self.send(Purpose::Resume, request, Some(Intent::Resume));
    }

    pub(super) fn answer(&mut self, answer: &SecurityAnswer) {
        if !matches!(self.screen.step, Step::RecoveryQuestion(_)) {
            return;
        }
        if answer.is_empty() {
            return self.ask_for(FieldName::Answer);
        }
        if let Some((link, token)) = self.link("next") {
            let request = Request::answer(&self.settings.org, &link, &token, answer);
            self.send_if_trusted(Purpose::Transaction, request, None);
        }
    }
}
