//! What time brings: countdowns, looks at a waiting challenge, the end of a transaction. One timer serves
//! them all: it is set to whatever comes first. Never here: the timer.

use super::countdown::Countdown;
use super::effect::Effect;
use super::event::{Intent, Purpose, Ticket};
use super::hand_on::FIRST_FORM;
use super::machine::Machine;
use super::notice::{Notice, NoticeKind, Retry, Severity};
use super::poll::{self, PollSchedule};
use super::step::Step;
use super::way::Proving;
use crate::authn::request::Preferences;
use crate::authn::{Link, Millis, Request};

/// How long before the end of a transaction the person is told, in milliseconds.
const WARNING: Millis = 60_000;
/// How long a phone may take before a word says that this is long, in milliseconds.
const SLOW: Millis = 30_000;

const DAY: Millis = 86_400_000;

/// What is waited for. See [`Machine::settle`].
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub(super) struct Clock {
    /// Until a code may be sent again.
    pub(super) resend: Countdown,
    /// Until anything may be submitted again.
    pub(super) pause: Countdown,
    /// Looks at a challenge that another device answers.
    pub(super) poll: Option<PollSchedule>,
    /// A look is under way.
    pub(super) looking: bool,
    /// The looks were given up.
    pub(super) lost: bool,
    /// Duo was told; its word is awaited like a phone's.
    pub(super) duo_told: bool,
    /// When to say that the phone takes long.
    pub(super) slow_at: Option<Millis>,
    /// When to say that the transaction ends soon.
    pub(super) warn_at: Option<Millis>,
    /// When the transaction ends.
    pub(super) expires_at: Option<Millis>,
    /// The page cannot be seen.
    pub(super) hidden: bool,
    /// When the timer rings.
    armed: Option<Millis>,
}

impl Clock {
    /// A new step: what was waited for belonged to the old one.
    pub(super) fn reset(&mut self) {
        *self = Self { hidden: self.hidden, armed: self.armed, pause: self.pause, ..Self::default() };
    }

    /// A transaction lives until the time its newest answer names. Where that is past already, or days away,
    /// one of the two clocks is wrong, and the org will have to say.
    pub(super) fn lives_until(&mut self, end: Option<Millis>, now: Millis) {
        let end = end.filter(|end| (now + 1..now + DAY).contains(end));
        self.expires_at = end;
        self.warn_at = end.map(|end| end.saturating_sub(WARNING)).filter(|warning| *warning > now);
    }

    fn next(&self) -> Option<Millis> {
        let poll = self.poll.filter(|_| !self.looking).map(|poll| poll.due());
        let times = [self.resend.next(), self.pause.next(), poll, self.slow_at, self.warn_at, self.expires_at];
        times.into_iter().flatten().min()
    }
}

impl Machine {
    pub(super) fn elapsed(&mut self) {
        self.clock.armed = None;
        let now = self.now;
        let has_come = |time: &mut Option<Millis>| time.take_if(|time| *time <= now).is_some();
        if has_come(&mut self.clock.expires_at) {
            return self.start_over(Some(NoticeKind::SignInTimedOut));
        }
        self.clock.resend.tick(now);
        let was_paused = self.clock.pause.seconds.is_some();
        let pause_is_over = !self.clock.pause.tick(now) && was_paused;
        let told = self.screen.notice.as_ref().map(|notice| &notice.kind);
        if pause_is_over && told == Some(&NoticeKind::RateLimited) {
            self.screen.notice = None;
            // There is nothing here that the person could press.
            if self.screen.step == Step::Resuming {
                self.take_up();
            } else if !FIRST_FORM {
                self.ask_for_form();
            }
        }
        let warn = has_come(&mut self.clock.warn_at);
        let slow = has_come(&mut self.clock.slow_at);
        // News that is old by now gives way; what must be read first does not.
        let is_read = |notice: &Notice| notice.severity() == Severity::Info && !notice.takes_focus();
        if warn && self.screen.notice.as_ref().is_none_or(is_read) {
            self.notify(Notice::of(NoticeKind::ExpiresSoon));
        } else if self.screen.notice.is_none() && slow {
            self.notify(Notice::of(NoticeKind::PushSlow));
        }
        if self.clock.poll.is_some_and(|poll| poll.due() <= now) && !self.clock.looking {
            self.look();
        }
    }

    pub(super) fn seen(&mut self, visible: bool) {
        self.clock.hidden = !visible;
        if let Some(poll) = &mut self.clock.poll {
            poll.seen(visible, self.now);
        }
    }

    /// After every event: begins or ends the looks, as the step asks, and sets the timer.
    pub(super) fn settle(&mut self) {
        let wanted = self.poll_link().is_some() && !self.screen.busy && !self.clock.lost;
        if !wanted {
            self.clock.poll = None;
            self.clock.slow_at = None;
        } else if self.clock.poll.is_none() {
            self.clock.poll = Some(PollSchedule::new(self.interval(), self.now, self.clock.hidden));
            let is_push = self.screen.step.proving() == Some(Proving::Push);
            self.clock.slow_at =
                (is_push && matches!(self.screen.step, Step::MfaChallenge(_))).then(|| self.now + SLOW);
        }
        self.screen.resend_in = self.clock.resend.seconds;
        self.screen.paused_for = self.clock.pause.seconds;
        let next = self.clock.next();
        if let Some(time) = next.filter(|_| next != self.clock.armed) {
            self.clock.armed = next;
            let millis = u32::try_from(time.saturating_sub(self.now)).unwrap_or(u32::MAX);
            self.effect(Effect::Wait { millis });
        }
    }

    fn interval(&self) -> u32 {
        match &self.screen.step {
            Step::Poll(step) => step.refresh.max(poll::LEAST),
            Step::MfaEnrollActivate(_) => poll::ENROLLMENT,
            _ => poll::CHALLENGE,
        }
    }

    /// The link to look at, while the answer comes from elsewhere.
    fn poll_link(&self) -> Option<Link> {
        let duo = self.screen.step.proving() == Some(Proving::Duo);
        let waiting = match &self.screen.step {
            Step::MfaChallenge(step) => step.is_waiting(),
            Step::MfaEnrollActivate(step) => step.is_waiting(),
            Step::Poll(_) => true,
            _ => false,
        };
        let link = self.screen.step.link("next").filter(|link| link.name.as_deref() == Some("poll"))?;
        (waiting && (!duo || self.clock.duo_told)).then(|| link.clone())
    }

    fn look(&mut self) {
        let token = self.screen.step.state_token().cloned();
        let (Some(link), Some(token)) = (self.poll_link(), token) else { return };
        let preferences = match &self.screen.step {
            Step::MfaChallenge(_) => self.preferences,
            _ => Preferences::default(),
        };
        match Request::verify(&self.settings.org, &link, &token, None, preferences) {
            Ok(request) => {
                self.clock.looking = true;
                // Nothing else is under way that could answer to the generation before.
                let ticket = Ticket { generation: self.next_generation(), purpose: Purpose::Poll };
                self.effect(Effect::Send { ticket, request });
            }
            Err(error) => {
                self.clock.lost = true;
                self.notify(Notice::of(NoticeKind::UntrustedLink { target: error.target }));
            }
        }
    }

    /// A look failed: try again later, and give up with a word when that does not help.
    pub(super) fn missed(&mut self) {
        let goes_on = self.clock.poll.as_mut().is_some_and(|poll| poll.missed(self.now));
        if !goes_on {
            self.lose(Notice::of(NoticeKind::PollLost));
        }
    }

    /// No more looks, unless the person wants to go on.
    pub(super) fn lose(&mut self, why: Notice) {
        self.clock.lost = true;
        self.repeat = Some(Intent::KeepWaiting);
        self.notify(Notice { retry: Retry::Again, ..why });
    }

    pub(super) fn keep_waiting(&mut self) {
        if std::mem::take(&mut self.clock.lost) {
            self.screen.notice = None;
        }
    }

    /// Duo has been told: its word is there, as a rule, at the first look.
    pub(super) fn look_soon(&mut self) {
        self.clock.duo_told = true;
        let mut poll = PollSchedule::new(poll::CHALLENGE, self.now, self.clock.hidden);
        poll.hurry(self.now);
        self.clock.poll = Some(poll);
    }
}
