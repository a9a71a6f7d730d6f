//! When to poll a challenge that is answered on another device (docs/authn-api.md#polling). Pure: time comes in.
//! Not here: a timer, or what is asked.

use okta_authn::Millis;

/// Milliseconds between two polls of a push.
pub const CHALLENGE: u32 = 4_000;
/// Milliseconds until the first poll of a push: a number to tap comes with its response.
pub const FIRST: u32 = 1_000;
/// The same while an app is set up.
pub const ENROLLMENT: u32 = 6_000;
/// Shortest interval that an org may name, in milliseconds.
pub const LEAST: u32 = 500;
/// A hidden page polls so many times less often.
const HIDDEN: u32 = 5;
/// Browsers may fail the first request right after a page is shown again: wait so many milliseconds.
const AFTER_RETURN: u32 = 500;
/// Polls that may fail in a row: they are repeated after 1, 2, 4, 8 and 16 seconds. Those that go on after that wait the
/// longest of these times.
const MAX_FAILURES: u8 = 5;

/// A schedule of polls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollSchedule {
    interval: u32,
    failures: u8,
    hidden: bool,
    since: Millis,
    wait: u32,
}

impl PollSchedule {
    /// Begins with that wait.
    pub fn new(first: u32, interval: u32, now: Millis, hidden: bool) -> Self {
        Self { interval, failures: 0, hidden, since: now, wait: first }
    }

    /// When to poll next.
    pub fn due(&self) -> Millis {
        let factor = if self.hidden { HIDDEN } else { 1 };
        self.since + u64::from(self.wait) * u64::from(factor)
    }

    /// The server answered: nothing new.
    pub fn answered(&mut self, now: Millis) {
        (self.failures, self.since, self.wait) = (0, now, self.interval);
    }

    /// A poll failed. Returns whether this is more than a moment: the person should know.
    pub fn failed(&mut self, now: Millis) -> bool {
        let lasts = self.failures == MAX_FAILURES;
        self.failures = (self.failures + 1).min(MAX_FAILURES);
        (self.since, self.wait) = (now, 500 << self.failures);
        lasts
    }

    /// Polls at that time: something has happened.
    pub fn poll_at(&mut self, now: Millis) {
        (self.since, self.wait) = (now, 0);
    }

    /// The page was shown or hidden.
    pub fn visibility(&mut self, visible: bool, now: Millis) {
        let returned = visible && self.hidden;
        self.hidden = !visible;
        if returned {
            (self.since, self.wait) = (now, AFTER_RETURN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_at_intervals_and_backs_off() {
        let mut poll = PollSchedule::new(FIRST, CHALLENGE, 1_000, false);
        assert_eq!(poll.due(), 2_000, "the first comes sooner");
        poll.answered(1_000);
        assert_eq!(poll.due(), 5_000);
        let mut now = 5_000;
        for wait in [1_000, 2_000, 4_000, 8_000, 16_000] {
            assert!(!poll.failed(now));
            assert_eq!(poll.due(), now + wait);
            now = poll.due();
        }
        for _ in 0..300 {
            assert!(poll.failed(now), "from the sixth failure in a row");
            assert_eq!(poll.due(), now + 16_000);
            now = poll.due();
        }
        poll.answered(now);
        assert_eq!(poll.due(), now + 4_000, "a good response resets the failures");
        assert!(!poll.failed(now));
        assert_eq!(poll.due(), now + 1_000);
    }

    #[test]
    fn a_hidden_page_polls_less_often() {
        let mut poll = PollSchedule::new(CHALLENGE, CHALLENGE, 0, false);
        poll.visibility(false, 1_000);
        assert_eq!(poll.due(), 20_000);
        poll.visibility(true, 2_000);
        assert_eq!(poll.due(), 2_500, "shown again: soon, but not at once");
        poll.visibility(true, 2_100);
        assert_eq!(poll.due(), 2_500, "visible before: nothing changes");
        poll.poll_at(2_200);
        assert_eq!(poll.due(), 2_200);
        poll.visibility(false, 2_300);
        poll.visibility(true, 60_000);
        assert_eq!(poll.due(), 60_500, "not even where it is long due");
    }
}
