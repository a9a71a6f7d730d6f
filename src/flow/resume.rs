//! Taking up a transaction that began elsewhere: the page was opened with a state token, the link of a
//! mail, or an invitation (contract 1.13 to 1.15). Never here: reading the page's address.

use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::NoticeKind;
use super::settings::Resume;
use super::step::Step;
use crate::authn::Request;

impl Machine {
    /// Asks the org how things stand; returns whether there was anything to take up.
    pub(super) fn resume(&mut self) -> bool {
        let org = &self.settings.org;
        let request = match &self.settings.resume {
            None => return false,
            Some(Resume::State(token)) => Request::state_query(org, token),
            Some(Resume::Recovery(token)) => Request::redeem(org, token),
            Some(Resume::Activation(token)) => Request::activation(org, token),
        };
        if self.screen.step != Step::Resuming {
            self.show(Step::Resuming);
        }
        self.send(Purpose::Resume, request, Some(Intent::Resume));
        true
    }

    /// Asks once more, where there is still something to ask about.
    pub(super) fn take_up(&mut self) {
        if !self.resume() {
            self.start_over(None);
        }
    }

    /// What it means that the org does not know the token any more.
    pub(super) fn not_resumed(&mut self) {
        let why = match self.settings.resume.take() {
            None | Some(Resume::State(_)) => NoticeKind::SignInTimedOut,
            Some(Resume::Recovery(_) | Resume::Activation(_)) => NoticeKind::LinkSpent,
        };
        self.start_over(Some(why));
    }
}
