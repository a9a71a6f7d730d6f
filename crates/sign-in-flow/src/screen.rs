//! What every view may know besides the data of its step: the transaction, what is in progress, and the notice. Not
//! here: the data of a step.

use crate::notice::Notice;
use okta_authn::{Envelope, Link, StateToken};
use std::rc::Rc;

/// The part of a screen that all steps share.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The newest envelope of the transaction that the step belongs to.
    pub transaction: Option<Rc<Envelope>>,
    /// Identifies the step. Grows with every new step: views are mounted anew, and focus moves. 0 is the first.
    pub step_id: u32,
    /// Grows with every change of the step's data that keeps what was typed.
    pub revision: u32,
    /// A request is in progress; nothing else can be submitted.
    pub busy: bool,
    /// The message over the form.
    pub notice: Option<Notice>,
    /// Grows with every new notice, so that the same one twice is announced twice.
    pub notice_id: u32,
    /// Grows whenever a typed secret was refused and its field must be emptied.
    pub secret_clear_count: u32,
    /// Seconds until a code may be sent again.
    pub resend_in: Option<u32>,
    /// Seconds until anything may be submitted again.
    pub paused_for: Option<u32>,
}

/// Identifies what a screen shows: it differs whenever something has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenVersion {
    step_id: u32,
    revision: u32,
    busy: bool,
    notice_id: Option<u32>,
    secret_clear_count: u32,
    resend_in: Option<u32>,
    paused_for: Option<u32>,
}

/// Two screens of one machine are equal when nothing has changed between them.
impl PartialEq for Screen {
    fn eq(&self, other: &Self) -> bool {
        self.version() == other.version()
    }
}

impl Screen {
    /// Identifies what the screen shows. The transaction and the step's data are covered by `step_id` and `revision`:
    /// one of them grows with each change.
    pub fn version(&self) -> ScreenVersion {
        let Self {
            transaction: _,
            step_id,
            revision,
            busy,
            ref notice,
            notice_id,
            secret_clear_count,
            resend_in,
            paused_for,
        } = *self;
        let notice_id = notice.is_some().then_some(notice_id);
        ScreenVersion { step_id, revision, busy, notice_id, secret_clear_count, resend_in, paused_for }
    }

    /// Continues after the screen of another machine: what identifies a step, a notice, or a refused secret, is new again.
    pub(crate) fn continue_after(&mut self, before: &Self) {
        self.step_id = self.step_id.max(before.step_id + 1);
        self.notice_id = self.notice_id.max(before.notice_id + u32::from(self.notice.is_some()));
        self.secret_clear_count = self.secret_clear_count.max(before.secret_clear_count);
    }

    /// The newest state token, where the step belongs to a transaction that has one.
    pub fn state_token(&self) -> Option<&StateToken> {
        self.transaction.as_ref()?.state_token.as_ref()
    }

    /// The link of this relation. Returns `None` when it is absent, or when there is no token to follow it. A button
    /// exists if and only if there is a link.
    pub fn link(&self, relation: &str) -> Option<&Link> {
        self.state_token()?;
        self.transaction.as_ref()?.links.get(relation)
    }

    /// Whether the `next` link has this name.
    pub fn offers_next(&self, name: &str) -> bool {
        self.transaction.as_ref().is_some_and(|transaction| transaction.links.next(name).is_some())
    }

    /// Whether there is such a link.
    pub fn offers(&self, relation: &str) -> bool {
        self.link(relation).is_some()
    }
}
