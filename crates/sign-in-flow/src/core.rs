//! What every machine does: show a step, show a notice, send one request at a time, follow a link, wait, poll, pause,
//! retry. Not here: which of them is due.

mod waiting;

use crate::effect::Effect;
use crate::event::Intent;
use crate::notice::{FieldName, Notice, NoticeKind, Retry};
use crate::screen::Screen;
use crate::sign_in_event::Failure;
use crate::ticket::{Purpose, Ticket};
use crate::timers::Timers;
use okta_authn::transaction::User;
use okta_authn::{Envelope, Link, Millis, Org, Request, Response, StateToken, UntrustedLink};
use std::rc::Rc;

/// The state that all machines share. Nothing in it belongs to one step, except what [`Core::show`] replaces.
#[derive(Debug, Default)]
pub(crate) struct Core {
    pub(crate) screen: Screen,
    pub(crate) timers: Timers,
    pub(crate) now: Millis,
    /// How far this device's clock was set back since.
    set_back: Millis,
    /// How far this device's clock is ahead of the org's, as far as the org tells (it wraps where it is behind).
    ahead: Millis,
    /// What Retry repeats. Never holds anything that was typed.
    pub(crate) repeat: Option<Intent>,
    /// What was asked for when the org said that it does not fit the state. The state is asked for, and then the person
    /// is told.
    pub(crate) refused: Option<Purpose>,
    /// Who signed in, where the sign-in has succeeded.
    pub(crate) signed_in: Option<User>,
    /// Name of the step that the last event led to.
    pub(crate) step_name: &'static str,
    /// The page's own code knows of the step.
    pub(crate) is_step_told: bool,
    /// The request in progress answers a token that asked for a new PIN.
    pub(crate) sends_new_pin: bool,
    /// Rate limits reached in a row.
    rate_limit_count: u32,
    generation: u32,
    effects: Vec<Effect>,
}

impl Core {
    /// An event came at this time. Where the clock was set back, what waits goes on from the time before.
    pub(crate) fn set_now(&mut self, now: Millis) {
        let now = now + self.set_back;
        self.set_back += self.now.saturating_sub(now);
        self.now = self.now.max(now);
    }

    /// Whether something may be submitted: no request is in progress, and no pause runs.
    pub(crate) fn accepts_input(&self) -> bool {
        !self.screen.busy && self.timers.pause.seconds.is_none()
    }

    /// Shows a new step. Timers, the notice and requests of the old one end with it.
    pub(crate) fn show(&mut self, transaction: Option<Rc<Envelope>>) {
        self.timers.clock_is_wrong &= transaction.is_some();
        self.screen.transaction = transaction;
        self.screen.step_id += 1;
        self.screen.notice = None;
        self.is_step_told = false;
        self.timers.reset();
        self.set_expiry();
    }

    /// The step's data has changed, and what was typed stays.
    pub(crate) fn updated(&mut self) {
        self.screen.revision += 1;
    }

    /// A newer response about the same step.
    pub(crate) fn update(&mut self, transaction: Option<Rc<Envelope>>) {
        self.screen.transaction = transaction;
        self.updated();
        self.set_expiry();
    }

    /// A step lives as long as its transaction.
    fn set_expiry(&mut self) {
        let transaction = self.screen.transaction.as_ref().filter(|_| self.screen.state_token().is_some());
        let end = transaction.and_then(|transaction| transaction.expires_at);
        self.timers.set_expiry(end.map(|end| self.here(end)), self.now);
    }

    /// Takes the org's time from its response: this device's clock may be wrong.
    pub(crate) fn read_clock(&mut self, response: &Response) {
        if let Some(date) = response.date {
            self.ahead = self.now.wrapping_sub(date);
        }
    }

    /// What this device's clock shows at a time of the org.
    pub(crate) fn here(&self, time: Millis) -> Millis {
        time.wrapping_add(self.ahead)
    }

    pub(crate) fn notify(&mut self, notice: Notice) {
        if let NoticeKind::UntrustedLink { target } = &notice.kind {
            self.report(UntrustedLink { target: target.clone() });
            self.failed(Failure::untrusted_link());
        }
        self.screen.notice = Some(notice);
        self.screen.notice_id += 1;
    }

    /// Tells the page's developer why a link was not followed: it may be a mistake of the configuration.
    pub(crate) fn report(&mut self, error: UntrustedLink) {
        self.effects.push(Effect::Report(error));
    }

    /// A notice that offers no retry.
    pub(crate) fn tell(&mut self, kind: NoticeKind) {
        self.notify(Notice::of(kind));
    }

    /// The person types: what was said about the text before is over.
    pub(crate) fn edited(&mut self) {
        self.screen.notice.take_if(|notice| notice.ends_with_typing());
    }

    /// The device has a network again: what was said about that is over, and stopped polls go on. Returns whether the
    /// request that failed is to be sent again where nothing can be pressed.
    pub(crate) fn online(&mut self) -> bool {
        match self.screen.notice.as_ref().map(|notice| &notice.kind) {
            Some(NoticeKind::PollLost) => self.keep_waiting(),
            Some(NoticeKind::Offline) => {
                self.screen.notice = None;
                return true;
            }
            _ => {}
        }
        false
    }

    pub(crate) fn ask_for(&mut self, field: FieldName) {
        self.tell(NoticeKind::Missing(field));
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Ends what is in progress: its result will do nothing.
    pub(crate) fn stop(&mut self) {
        self.generation += 1;
        if self.screen.busy || self.timers.polling.is_in_flight() {
            self.effects.push(Effect::Abort);
        }
        self.screen.busy = false;
        self.timers.polling.drop_request();
    }

    /// A ticket for something that the person does not wait for.
    pub(crate) fn ticket(&self, purpose: Purpose) -> Ticket {
        Ticket { generation: self.generation, purpose }
    }

    /// The same for something that replaces what was in progress.
    pub(crate) fn next_ticket(&mut self, purpose: Purpose) -> Ticket {
        self.stop();
        let answered = self.screen.notice.take();
        self.sends_new_pin = answered.is_some_and(|notice| matches!(notice.kind, NoticeKind::NewPinWanted(_)));
        self.ticket(purpose)
    }

    /// The same for something that the person waits for.
    pub(crate) fn busy_ticket(&mut self, purpose: Purpose) -> Ticket {
        let ticket = self.next_ticket(purpose);
        self.screen.busy = true;
        ticket
    }

    /// Sends a request that the person waits for. `repeat` is what Retry does if it fails; `None` where the form holds
    /// what was typed, and is submitted again instead.
    pub(crate) fn send(&mut self, purpose: Purpose, request: Request, repeat: Option<Intent>) {
        let ticket = self.busy_ticket(purpose);
        self.refused = None;
        self.repeat = repeat;
        self.effects.push(Effect::Send { ticket, request });
    }

    /// Sends a request that nobody waits for.
    pub(crate) fn send_in_background(&mut self, purpose: Purpose, request: Request) {
        self.effects.push(Effect::Send { ticket: self.ticket(purpose), request });
    }

    /// Sends a request that follows a link, or shows why that link is not followed. Returns whether it was sent.
    pub(crate) fn send_if_trusted(
        &mut self,
        purpose: Purpose,
        request: Result<Request, UntrustedLink>,
        repeat: Option<Intent>,
    ) -> bool {
        match request {
            Ok(request) => {
                self.send(purpose, request, repeat);
                true
            }
            Err(error) => {
                self.tell(error.into());
                false
            }
        }
    }

    /// The present step's link of that relation, with the token to follow it.
    pub(crate) fn link(&self, relation: &str) -> Option<(Link, StateToken)> {
        Some((self.screen.link(relation)?.clone(), self.screen.state_token()?.clone()))
    }

    /// The `next` link when it has this name, with the token to follow it.
    pub(crate) fn next_link(&self, name: &str) -> Option<(Link, StateToken)> {
        self.link("next").filter(|(link, _)| link.name.as_deref() == Some(name))
    }

    /// Follows a link that needs nothing but the token. Without the link there was no button, and nothing is sent.
    /// Returns whether it was followed.
    pub(crate) fn follow(&mut self, org: &Org, relation: &str, intent: Intent) -> bool {
        let Some((link, token)) = self.link(relation) else { return false };
        let request = Request::follow(org, &link, &token);
        self.send_if_trusted(Purpose::Transaction, request, Some(intent))
    }

    /// Takes note that a result has come. Returns whether it counts: results of earlier requests do not, nor does a
    /// second result of the same request.
    pub(crate) fn accept(&mut self, ticket: Ticket) -> bool {
        if ticket.generation != self.generation {
            return false;
        }
        if ticket.purpose.is_poll() {
            self.timers.polling.take_in_flight()
        } else {
            std::mem::take(&mut self.screen.busy)
        }
    }

    /// Whether the result of something that nobody waits for still counts.
    pub(crate) fn is_current(&self, ticket: Ticket) -> bool {
        ticket.generation == self.generation
    }

    /// Makes all earlier tickets void.
    pub(crate) fn advance(&mut self) -> u32 {
        self.generation += 1;
        self.generation
    }

    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// Continues after another machine: its tickets are void here.
    pub(crate) fn continue_after(&mut self, generation: u32) {
        self.generation = self.generation.max(generation);
    }

    /// What Retry repeats now, where the notice offers it.
    pub(crate) fn take_repeat(&mut self) -> Option<Intent> {
        let offered = self.screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        self.repeat.take().filter(|_| offered)
    }

    /// How the person may try again after a failure on a step with a form, or without.
    pub(crate) fn retry(&self, has_form: bool) -> Retry {
        match &self.repeat {
            Some(_) => Retry::Again,
            None if has_form => Retry::Form,
            None => Retry::No,
        }
    }

    /// Pauses until the time the server names by this device's clock, or for 2, 4, 8, 16, 32 seconds where it names none.
    pub(crate) fn pause_until(&mut self, retry_at: Option<Millis>) {
        self.rate_limit_count = (self.rate_limit_count + 1).min(5);
        self.timers.pause_until(retry_at, 1 << self.rate_limit_count, self.now);
    }

    /// A response was understood: earlier rate limits no longer count.
    pub(crate) fn reset_rate_limits(&mut self) {
        self.rate_limit_count = 0;
    }

    /// After every event, which led to the step of this name: sets the timer, and returns what must be done, in order.
    pub(crate) fn finish(&mut self, step: &'static str) -> Vec<Effect> {
        self.tell_step(step);
        self.screen.resend_in = self.timers.resend.seconds;
        self.screen.paused_for = self.timers.pause.seconds;
        if let Some(millis) = self.timers.arm(self.now) {
            self.effects.push(Effect::Wait { millis });
        }
        std::mem::take(&mut self.effects)
    }
}
