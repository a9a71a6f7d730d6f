//! What a step waits for: countdowns, the next poll, the end of the transaction. One timer serves them all: it is set
//! to whatever comes first. Not here: the timer itself, or what happens when the time has come.

use crate::countdown::Countdown;
use crate::poll::PollSchedule;
use okta_authn::Millis;

/// How long before the end of a transaction the person is told, in milliseconds.
const WARNING: Millis = 60_000;
/// How long after the end of a transaction, by this device's clock, the org is asked, in milliseconds: long enough for
/// the transaction to have ended where the clock is right to a few seconds.
const GRACE: Millis = 10_000;
/// Longest pause after a rate limit, in seconds: an org counts requests by the minute (docs/authn-api.md#rate-limits).
/// Where the pause seems longer, one of the two clocks is wrong.
const LONGEST_PAUSE: u64 = 60;
const DAY: Millis = 86_400_000;

/// Polls of a challenge that is answered elsewhere.
#[derive(Debug, Default)]
pub(crate) enum Polling {
    /// Nothing to poll.
    #[default]
    Idle,
    /// Polls run.
    Active {
        schedule: PollSchedule,
        in_flight: bool,
        /// When to tell the person that the phone takes long.
        slow_at: Option<Millis>,
    },
    /// Polls failed too often, until the person wants to go on.
    Stopped,
}

/// How a step wants to poll.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PollPlan {
    /// Milliseconds between two polls.
    pub(crate) interval: u32,
    /// Milliseconds until the first.
    pub(crate) first: u32,
    /// Whether the person is told when the answer takes long.
    pub(crate) tells_slow: bool,
}

impl Polling {
    pub(crate) fn is_in_flight(&self) -> bool {
        matches!(self, Self::Active { in_flight: true, .. })
    }

    pub(crate) fn take_in_flight(&mut self) -> bool {
        match self {
            Self::Active { in_flight, .. } => std::mem::take(in_flight),
            Self::Idle | Self::Stopped => false,
        }
    }

    pub(crate) fn drop_request(&mut self) {
        self.take_in_flight();
    }

    pub(crate) fn due(&self) -> Option<Millis> {
        match self {
            Self::Active { schedule, in_flight: false, .. } => Some(schedule.due()),
            _ => None,
        }
    }

    fn slow_at(&self) -> Option<Millis> {
        match self {
            Self::Active { slow_at, .. } => *slow_at,
            _ => None,
        }
    }
}

/// All waits of the present step.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    /// Until a code may be sent again.
    pub(crate) resend: Countdown,
    /// Until anything may be submitted again. Outlives the step.
    pub(crate) pause: Countdown,
    pub(crate) polling: Polling,
    /// When to tell the person that the transaction ends soon.
    pub(crate) warn_at: Option<Millis>,
    /// When to ask the org whether the transaction has ended.
    pub(crate) expires_at: Option<Millis>,
    /// This device's clock was seen to be wrong: the org alone decides when a transaction ends. Outlives the step.
    pub(crate) clock_is_wrong: bool,
    /// When the browser should have left the page.
    pub(crate) left_at: Option<Millis>,
    /// The page is not visible. Outlives the step.
    pub(crate) hidden: bool,
    /// When the timer fires. Outlives the step.
    pub(crate) deadline: Option<Millis>,
}

/// What has come to pass.
pub(crate) enum Elapsed {
    /// The transaction has ended, if this device's clock is right.
    Expired,
    /// The pause after a rate limit is over, and its notice is gone.
    PauseOver,
    /// Nothing that the machine must know.
    Nothing,
}

impl Timers {
    /// A new step: what was waited for belonged to the old one.
    pub(crate) fn reset(&mut self) {
        let Self { hidden, deadline, pause, clock_is_wrong, .. } = *self;
        *self = Self { pause, clock_is_wrong, hidden, deadline, ..Self::default() };
    }

    /// A transaction lives until the time its newest response names. Where that is past already, or days away, or where
    /// the transaction lived longer than that before, one of the two clocks is wrong, and the org decides when it ends.
    pub(crate) fn set_expiry(&mut self, end: Option<Millis>, now: Millis) {
        let end = end.filter(|end| !self.clock_is_wrong && (now + 1..now + DAY).contains(end));
        self.expires_at = end.map(|end| end + GRACE);
        self.warn_at = end.map(|end| end.saturating_sub(WARNING)).filter(|warning| *warning > now);
    }

    /// Another machine was active meanwhile: its pause goes on, and the timer is set anew.
    pub(crate) fn resume_with(&mut self, pause: Countdown) {
        (self.pause, self.deadline) = (pause, None);
    }

    pub(crate) fn pause_until(&mut self, retry_at: Option<Millis>, otherwise: u32, now: Millis) {
        let seconds = match retry_at.map(|at| at.saturating_sub(now).div_ceil(1_000)) {
            Some(seconds) if seconds > 0 => u32::try_from(seconds.min(LONGEST_PAUSE)).unwrap_or(otherwise),
            _ => otherwise,
        };
        self.pause = Countdown::of(seconds, now);
    }

    /// Returns the milliseconds to wait when the timer must be set anew.
    pub(crate) fn arm(&mut self, now: Millis) -> Option<u32> {
        let times = [
            self.resend.next(),
            self.pause.next(),
            self.polling.due(),
            self.polling.slow_at(),
            self.warn_at,
            self.expires_at,
            self.left_at,
        ];
        let next = times.into_iter().flatten().min();
        let time = next.filter(|_| next != self.deadline)?;
        self.deadline = next;
        Some(u32::try_from(time.saturating_sub(now)).unwrap_or(u32::MAX))
    }
}

/// Whether that time has come; it is then no longer waited for.
pub(crate) fn has_come(time: &mut Option<Millis>, now: Millis) -> bool {
    time.take_if(|time| *time <= now).is_some()
}
