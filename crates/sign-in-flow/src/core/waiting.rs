//! What every machine does while it waits: countdowns, polls, and the notices about them that are the same on every
//! step. Not here: the times themselves (`timers`).

use super::Core;
use crate::countdown::Countdown;
use crate::effect::Effect;
use crate::event::Intent;
use crate::notice::{Notice, NoticeKind, Retry};
use crate::poll::PollSchedule;
use crate::sign_in_event::Failure;
use crate::ticket::{Purpose, Ticket};
use crate::timers::{Elapsed, PollPlan, Polling, has_come};
use okta_authn::{Envelope, Millis, Org, Request};
use std::rc::Rc;

/// After how many milliseconds without an answer from the phone the person is told that it takes long.
const SLOW: Millis = 30_000;
/// Seconds between two text messages or calls (docs/authn-api.md#rate-limits).
const RESEND_AFTER: u32 = 30;
/// Seconds between two e-mails (docs/authn-api.md#rate-limits).
const RESEND_EMAIL_AFTER: u32 = 5;

impl Core {
    /// The timer has fired.
    pub(crate) fn elapse(&mut self) -> Elapsed {
        let now = self.now;
        self.timers.deadline = None;
        if has_come(&mut self.timers.expires_at, now) {
            return Elapsed::Expired;
        }
        let was_held = self.timers.resend.seconds.is_some();
        if !self.timers.resend.tick(now) && was_held {
            self.screen.notice.take_if(|told| told.kind.ends_with_resend_wait());
        }
        let was_paused = self.timers.pause.seconds.is_some();
        let over = !self.timers.pause.tick(now) && was_paused;
        let told = self.screen.notice.as_ref().map(|notice| &notice.kind);
        let over = over && matches!(told, Some(NoticeKind::RateLimited));
        if over {
            self.screen.notice = None;
        }
        if has_come(&mut self.timers.left_at, now) {
            self.tell(NoticeKind::StillHere);
        }
        if has_come(&mut self.timers.warn_at, now) && self.screen.notice.as_ref().is_none_or(Notice::is_news) {
            self.tell(NoticeKind::ExpiresSoon);
        }
        if over { Elapsed::PauseOver } else { Elapsed::Nothing }
    }

    /// Whether the time that was waited for has come, and the timer has not fired: it stands still while the device sleeps.
    pub(crate) fn is_overdue(&self) -> bool {
        self.timers.deadline.is_some_and(|deadline| deadline <= self.now)
    }

    /// The transaction has ended by this device's clock. Whether it has, the org says: a clock alone ends nothing. If the
    /// org still knows the transaction, the clock is wrong.
    pub(crate) fn expired(&mut self, org: &Org) {
        self.timers.clock_is_wrong = true;
        // The response to a request in progress says it too.
        if !self.screen.busy && !self.timers.polling.is_in_flight() {
            self.ask_for_state(org, false);
        }
    }

    /// The person wants the transaction to go on: every request prolongs it.
    pub(crate) fn keep_going(&mut self, org: &Org) {
        // Retry has taken what it repeats.
        let is_offer = |told: &Notice| told.is_offer() || (told.retry == Retry::Again && self.repeat.is_none());
        if self.screen.notice.as_ref().is_some_and(is_offer) {
            self.screen.notice = None;
            self.repeat = Some(Intent::KeepGoing);
            self.ask_for_state(org, true);
        }
    }

    fn ask_for_state(&mut self, org: &Org, tells: bool) {
        if let Some(token) = self.screen.state_token() {
            let request = Request::state_query(org, token);
            self.send_in_background(Purpose::KeepAlive { tells }, request);
        }
    }

    /// Whether the org's response says that nothing has changed: the step goes on as it is, with what was typed.
    pub(crate) fn goes_on(&mut self, envelope: &Envelope, purpose: Purpose) -> bool {
        let Purpose::KeepAlive { tells } = purpose else { return false };
        let is_same = |before: &Rc<Envelope>| {
            before.status == envelope.status
                && before.factor_result == envelope.factor_result
                && before.links == envelope.links
        };
        let goes_on = self.screen.transaction.as_ref().is_some_and(is_same);
        if goes_on {
            self.update(Some(Rc::new(envelope.clone())));
            if tells {
                self.tell(NoticeKind::KeptGoing);
            }
        }
        goes_on
    }

    /// Holds back another message, so that the org does not refuse it.
    pub(crate) fn hold_resend(&mut self, is_email: bool) {
        let seconds = if is_email { RESEND_EMAIL_AFTER } else { RESEND_AFTER };
        self.timers.resend = Countdown::of(seconds, self.now);
    }

    /// The page was shown or hidden.
    pub(crate) fn visibility(&mut self, visible: bool) {
        self.timers.hidden = !visible;
        if let Polling::Active { schedule, .. } = &mut self.timers.polling {
            schedule.visibility(visible, self.now);
        }
    }

    /// After every event: starts or ends the polls, as the step wants. `None` is a step that waits for nothing.
    pub(crate) fn plan_polling(&mut self, plan: Option<PollPlan>) {
        let plan = plan.filter(|_| !self.screen.busy);
        match (&self.timers.polling, plan) {
            (Polling::Idle, Some(PollPlan { interval, first, tells_slow })) => {
                let schedule = PollSchedule::new(first, interval, self.now, self.timers.hidden);
                let slow_at = tells_slow.then(|| self.now + SLOW);
                self.timers.polling = Polling::Active { schedule, in_flight: false, slow_at };
            }
            (Polling::Active { .. }, None) => self.timers.polling = Polling::Idle,
            _ => {}
        }
    }

    /// Polls at once: something has happened elsewhere.
    pub(crate) fn poll_now(&mut self, plan: PollPlan) {
        let mut schedule = PollSchedule::new(plan.first, plan.interval, self.now, self.timers.hidden);
        schedule.poll_at(self.now);
        self.timers.polling = Polling::Active { schedule, in_flight: false, slow_at: None };
    }

    /// After the timer has fired: whether a poll is due. Also tells the person that the answer takes long.
    pub(crate) fn poll_is_due(&mut self) -> bool {
        let now = self.now;
        if let Polling::Active { slow_at, .. } = &mut self.timers.polling
            && has_come(slow_at, now)
            && self.screen.notice.is_none()
        {
            self.tell(NoticeKind::PushSlow);
        }
        self.timers.polling.due().is_some_and(|due| due <= now)
    }

    /// Sends a poll. Nobody waits for it.
    pub(crate) fn send_poll(&mut self, purpose: Purpose, request: Request) {
        if let Polling::Active { in_flight, .. } = &mut self.timers.polling {
            *in_flight = true;
            let generation = self.advance();
            self.effect(Effect::Send { ticket: Ticket { generation, purpose }, request });
        }
    }

    /// The other side has not answered the challenge yet.
    pub(crate) fn poll_answered(&mut self) {
        if let Polling::Active { schedule, .. } = &mut self.timers.polling {
            schedule.answered(self.now);
        }
        self.screen.notice.take_if(|told| told.kind.is_of_failing_polls());
    }

    /// A poll failed: tries again later. When that does not help, the person is told why. Where the other side answers, only
    /// not yet with what is asked for, polls go on by themselves; else they stop, because the person has to do something.
    pub(crate) fn poll_failed(&mut self, failure: Failure) {
        if let Polling::Active { schedule, .. } = &mut self.timers.polling
            && !schedule.failed(self.now)
        {
            return;
        }
        let kind = failure.of_polls();
        if !kind.is_of_failing_polls() {
            self.failed(failure);
            self.stop_polling(Notice::of(kind));
        } else if self.screen.notice.as_ref().is_none_or(|told| told.kind != kind && told.is_news() && !told.is_offer())
        {
            self.failed(failure);
            self.tell(kind);
        }
    }

    /// No more polls, unless the person wants to go on.
    pub(crate) fn stop_polling(&mut self, why: Notice) {
        self.timers.polling = Polling::Stopped;
        self.repeat = Some(Intent::KeepWaiting);
        self.notify(Notice { retry: Retry::Again, ..why });
    }

    /// No more polls: the link to poll cannot be followed.
    pub(crate) fn stop_polling_for_good(&mut self, why: NoticeKind) {
        self.timers.polling = Polling::Stopped;
        self.tell(why);
    }

    /// The person wants to go on.
    pub(crate) fn keep_waiting(&mut self) {
        if matches!(self.timers.polling, Polling::Stopped) {
            self.timers.polling = Polling::Idle;
            self.screen.notice = None;
        }
    }
}
