//! The moves that all sub-flows make: show a step, tell something, send a request, follow a link, go back,
//! give up, try again. Never here: which of them is due.

use super::effect::Effect;
use super::event::{Intent, Purpose, Ticket};
use super::machine::Machine;
use super::notice::{FieldName, Notice, NoticeKind, Retry};
use super::step::{Start, Step};
use super::way::Proving;
use crate::authn::request::Preferences;
use crate::authn::{Link, Request, StateToken, UntrustedLink};
use std::rc::Rc;

impl Machine {
    /// Shows a new step; what was under way belongs to the old one.
    pub(super) fn show(&mut self, step: Step) {
        self.screen.step = step;
        self.screen.number += 1;
        self.screen.notice = None;
        self.clock.reset();
    }

    /// Changes the step as it stands where the answer allows that, so that typing and focus stay.
    pub(super) fn show_or_update(&mut self, step: Step, purpose: Purpose) {
        let same = step.name() == self.screen.step.name()
            && step.factor().map(|factor| &factor.id) == self.screen.step.factor().map(|factor| &factor.id);
        if purpose.is_update() && same {
            self.screen.step = step;
            if purpose == Purpose::Resend {
                let is_push = self.screen.step.proving() == Some(Proving::Push);
                self.notify(Notice::of(match &self.screen.step {
                    Step::MfaEnrollActivate(_) if is_push => NoticeKind::ActivationSent,
                    _ if is_push => NoticeKind::PushSent,
                    _ => NoticeKind::CodeSent,
                }));
            }
        } else {
            self.show(step);
        }
    }

    /// Back to the start form, with the user name kept and, if need be, a word why.
    pub(super) fn start_over(&mut self, why: Option<NoticeKind>) {
        self.stop();
        self.settings.resume = None;
        self.forget();
        self.show(self.start());
        if let Some(kind) = why {
            self.notify(Notice::of(kind));
        }
    }

    /// What the last sign-in chose is nothing to the next one.
    pub(super) fn forget(&mut self) {
        self.onward = None;
        self.then = None;
        self.signing_up = None;
        self.exchanging = None;
        self.pushed = false;
        self.preferences = Preferences::default();
        self.screen.preferences = Preferences::default();
    }

    pub(super) fn start(&self) -> Step {
        Step::Start(Rc::new(self.start_form()))
    }

    pub(super) fn start_form(&self) -> Start {
        Start {
            username: self.username.clone(),
            remembered: self.keep_username,
            without_password: self.settings.without_password,
            offers_recovery: !self.settings.recovery.is_empty(),
            offers_unlock: self.may_unlock || !self.settings.unlock.is_empty(),
            offers_registration: self.settings.offers_registration(),
            envelope: None,
        }
    }

    pub(super) fn notify(&mut self, notice: Notice) {
        self.screen.notice = Some(notice);
        self.screen.notice_number += 1;
    }

    pub(super) fn ask_for(&mut self, field: FieldName) {
        self.notify(Notice::of(NoticeKind::Missing(field)));
    }

    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    pub(super) fn next_generation(&mut self) -> u32 {
        self.generation += 1;
        self.generation
    }

    /// Ends what is under way: its answer will do nothing.
    pub(super) fn stop(&mut self) {
        self.next_generation();
        if self.screen.busy || self.clock.looking {
            self.effects.push(Effect::Abort);
        }
        self.screen.busy = false;
        self.clock.looking = false;
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Sends a request in the name of the person. `repeat` is what Retry does if it fails; none where the
    /// form holds what was typed and is submitted again instead.
    pub(super) fn send(&mut self, purpose: Purpose, request: Request, repeat: Option<Intent>) {
        if !purpose.is_background() {
            self.stop();
            self.screen.busy = true;
            self.screen.notice = None;
            self.then = None;
            self.repeat = repeat;
        }
        let ticket = Ticket { generation: self.generation, purpose };
        self.effects.push(Effect::Send { ticket, request });
    }

    /// Sends a request that follows a link, or says why that link is not followed. Returns whether it was sent.
    pub(super) fn send_if_trusted(
        &mut self,
        purpose: Purpose,
        request: Result<Request, UntrustedLink>,
        repeat: Option<Intent>,
    ) -> bool {
        let trusted = request.is_ok();
        match request {
            Ok(request) => self.send(purpose, request, repeat),
            Err(UntrustedLink { target }) => self.notify(Notice::of(NoticeKind::UntrustedLink { target })),
        }
        trusted
    }

    /// The present step's link of that relation, with the token to follow it.
    pub(super) fn link(&self, relation: &str) -> Option<(Link, StateToken)> {
        let step = &self.screen.step;
        Some((step.link(relation)?.clone(), step.state_token()?.clone()))
    }

    /// Follows a link that needs nothing but the token. Without the link, nothing: there was no button. Returns
    /// whether it was followed.
    pub(super) fn follow(&mut self, relation: &str, intent: Intent) -> bool {
        let Some((link, token)) = self.link(relation) else { return false };
        let request = Request::follow(&self.settings.org, &link, &token);
        self.send_if_trusted(Purpose::Transaction, request, Some(intent))
    }

    /// One step back: by the org's word, or out of a form of our own.
    pub(super) fn back(&mut self) {
        match &self.screen.step {
            Step::EnrollForm(step) => {
                let list = Step::MfaEnroll(step.list.clone());
                self.stop();
                self.show(list);
                self.lives_on();
            }
            Step::Recover(_) | Step::DeviceEnding(_) => self.start_over(None),
            _ => {
                self.then = None;
                self.follow("prev", Intent::Back);
            }
        }
    }

    /// The step lives as long as the transaction behind it.
    pub(super) fn lives_on(&mut self) {
        let step = &self.screen.step;
        if let Some(envelope) = step.envelope() {
            self.clock.lives_until(envelope.expires_at.filter(|_| step.state_token().is_some()), self.now);
        }
    }

    /// Leaves at once. The org is told where it offers that, and its answer does not matter.
    pub(super) fn cancel(&mut self) {
        if let Some((link, token)) = self.link("cancel")
            && let Ok(request) = Request::follow(&self.settings.org, &link, &token)
        {
            self.send(Purpose::Farewell, request, None);
        }
        self.start_over(None);
    }

    /// Whether Retry repeats what the machine remembers, or submits the form, where the step has one.
    pub(super) fn retry(&self) -> Retry {
        match &self.screen.step {
            _ if self.repeat.is_some() => Retry::Again,
            Step::Session(_) | Step::MfaEnroll(_) | Step::Unsupported(_) | Step::Poll(_) | Step::Resuming => Retry::No,
            _ => Retry::Form,
        }
    }

    pub(super) fn try_again(&mut self) {
        let offered = self.screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        if let Some(intent) = self.repeat.take().filter(|_| offered) {
            self.intend(intent);
        }
    }
}
