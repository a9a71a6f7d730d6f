//! Polling a challenge that is answered elsewhere, and an org that is not ready yet. Not here: when a poll is due
//! (`timers`).

use super::verify::VerifyStep;
use super::{Context, TransactionMachine, TransactionStep};
use crate::poll;
use crate::ticket::Purpose;
use crate::timers::PollPlan;
use okta_authn::request::Preferences;
use okta_authn::{Envelope, Request};

/// Data of [`TransactionStep::Poll`]: the org is not ready yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgPoll {
    /// Milliseconds between two polls, as the org names them.
    pub refresh: u32,
}

impl OrgPoll {
    pub(super) fn show(
        context: &mut Context,
        before: &TransactionStep,
        envelope: Envelope,
        refresh: u32,
        purpose: Purpose,
    ) -> Self {
        context.show_or_update(envelope, matches!(before, TransactionStep::Poll(_)), purpose);
        Self { refresh }
    }

    pub(super) fn poll_plan(&self) -> PollPlan {
        let interval = self.refresh.max(poll::LEAST);
        PollPlan { interval, first: interval, tells_slow: false }
    }
}

impl TransactionMachine {
    pub(super) fn poll(&mut self) {
        let Some((link, token)) = self.core.next_link("poll") else { return };
        let preferences = match &self.step {
            TransactionStep::Verify(verify) if matches!(verify.step, VerifyStep::Challenge(_)) => verify.preferences,
            _ => Preferences::default(),
        };
        match Request::verify(&self.settings.org, &link, &token, None, preferences) {
            Ok(request) => self.core.send_poll(Purpose::Poll, request),
            Err(error) => self.core.stop_polling_for_good(error.into()),
        }
    }
}
