//! SUCCESS: another device, an app that asked, or the org's own session (contract 1.15, 1.20). Never here:
//! leaving the page.

use super::effect::{Effect, HandOver, Navigation};
use super::hand_on::FIRST_FORM;
use super::machine::Machine;
use super::notice::{Notice, NoticeKind};
use super::settings::AfterSuccess;
use super::step::{Recovery, Step};
use crate::authn::{DeviceActivation, Envelope, SessionToken};
use std::rc::Rc;

impl Machine {
    /// What comes after: another device, an app that asked, or the org's own session (contract 1.15).
    pub(super) fn succeed(
        &mut self,
        envelope: Envelope,
        token: Option<SessionToken>,
        device: Option<DeviceActivation>,
    ) {
        if let Some(device) = device {
            return self.show(Step::DeviceEnding(device));
        }
        if Recovery::of(&envelope) == Recovery::Unlock {
            return self.start_over(Some(NoticeKind::Unlocked));
        }
        let links = &envelope.links;
        let onward = if envelope.is_step_up { links.get("next") } else { links.get("original").or(links.get("next")) };
        if let Some(link) = onward {
            return match self.settings.org.admit_navigation(link) {
                Ok(url) if self.settings.after_success == AfterSuccess::HandOver => {
                    self.go(Effect::HandOver(HandOver::Redirect { url }));
                }
                Ok(url) => self.go(Effect::Navigate(Navigation::Org(url))),
                Err(error) => {
                    self.show(Step::Unsupported(Rc::new(envelope)));
                    self.notify(Notice::of(NoticeKind::UntrustedLink { target: error.target }));
                }
            };
        }
        let Some(token) = token else { return self.show(Step::Unsupported(Rc::new(envelope))) };
        if self.settings.after_success == AfterSuccess::HandOver {
            let (expires_at, user) = (envelope.expires_at, envelope.user);
            return self.leave(Effect::HandOver(HandOver::SignedIn { session_token: token, expires_at, user }));
        }
        match self.settings.session_hook() {
            // Handed on by the first form.
            Some(hook) if !FIRST_FORM => self.exchange(hook.open_session(&token), token),
            _ => self.leave_with(token),
        }
    }

    /// Has the org turn a token into its session cookie.
    pub(super) fn leave_with(&mut self, token: SessionToken) {
        if let AfterSuccess::SessionCookie { redirect_url, method } = &self.settings.after_success {
            self.leave(Effect::Navigate(Navigation::SessionCookie {
                org: self.settings.org.clone(),
                token,
                redirect_url: redirect_url.clone(),
                method: *method,
            }));
        }
    }
}
