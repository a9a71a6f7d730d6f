//! What time brings: countdowns, and looks at a challenge that a phone answers. One timer serves them all: it
//! is set to whatever comes first. Never here: the timer.

use super::set_up::id;
use super::{Doing, MyFactors};
use crate::flow::effect::Effect;
use crate::flow::event::{Purpose, Ticket};
use crate::flow::hook::{Asked, Failure};
use crate::flow::notice::{Notice, NoticeKind};
use crate::flow::poll::{self, PollSchedule};

impl MyFactors {
    pub(super) fn elapsed(&mut self) {
        self.armed = None;
        self.resend.tick(self.now);
        let was_paused = self.pause.seconds.is_some();
        if !self.pause.tick(self.now) && was_paused {
            let told = self.screen.notice.as_ref().map(|notice| &notice.kind);
            if told == Some(&NoticeKind::RateLimited) {
                self.screen.notice = None;
                // There is nothing here that the person could press.
                if matches!(self.doing(), Doing::Looking) {
                    self.look();
                }
            }
        }
        if self.poll.is_some_and(|poll| poll.due() <= self.now) && !self.looking {
            self.look_at_phone();
        }
    }

    fn look_at_phone(&mut self) {
        let (Some(factor), Some(transaction)) = (&self.proving, &self.transaction) else { return };
        if let Ok(request) = self.hook.look(id(factor), transaction) {
            self.looking = true;
            self.generation += 1;
            let ticket = Ticket { generation: self.generation, purpose: Purpose::Hook(Asked::Look) };
            self.effects.push(Effect::Send { ticket, request });
        }
    }

    /// The phone has not answered yet.
    pub(super) fn looked(&mut self) {
        if let Some(poll) = &mut self.poll {
            poll.answered(self.now);
        }
    }

    /// A look found no answer.
    pub(super) fn missed(&mut self, failure: &Failure) {
        if !self.poll.as_mut().is_some_and(|poll| poll.missed(self.now)) {
            self.transaction = None;
            if let Some(factor) = self.proving.clone() {
                self.update(Doing::Proving { factor, waiting: false });
            }
            self.notify(Notice::of(failure.kind()));
        }
    }

    pub(super) fn seen(&mut self, visible: bool) {
        self.hidden = !visible;
        if let Some(poll) = &mut self.poll {
            poll.seen(visible, self.now);
        }
    }

    /// After every event: begins or ends the looks, and sets the timer.
    pub(super) fn settle(&mut self) {
        let wanted = matches!(self.doing(), Doing::Proving { waiting: true, .. }) && !self.screen.busy;
        if !wanted {
            self.poll = None;
        } else if self.poll.is_none() {
            self.poll = Some(PollSchedule::new(poll::CHALLENGE, self.now, self.hidden));
        }
        self.screen.resend_in = self.resend.seconds;
        self.screen.paused_for = self.pause.seconds;
        let due = self.poll.filter(|_| !self.looking).map(|poll| poll.due());
        let next = [self.resend.next(), self.pause.next(), due].into_iter().flatten().min();
        if let Some(time) = next.filter(|_| next != self.armed) {
            self.armed = next;
            let millis = u32::try_from(time.saturating_sub(self.now)).unwrap_or(u32::MAX);
            self.effects.push(Effect::Wait { millis });
        }
    }
}
