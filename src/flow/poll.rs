//! When to look again at a challenge that another device answers (contract 1.10). Pure: time comes in.
//! Never here: a timer, or what is asked.

use crate::authn::Millis;

/// Milliseconds between two looks at a push.
pub const CHALLENGE: u32 = 4_000;
/// The same while an app is set up.
pub const ENROLLMENT: u32 = 6_000;
/// An org may name its own interval; a shorter one than this would hammer it.
pub const LEAST: u32 = 500;
/// A page out of sight looks so many times more rarely.
const HIDDEN: u32 = 5;
/// Browsers may fail the first request right after a page came into sight again.
const AFTER_RETURN: u32 = 500;
/// Looks that may fail in a row: after 1, 2, 4, 8 and 16 seconds.
const MISSES: u8 = 5;

/// A pure schedule of looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollSchedule {
    interval: u32,
    misses: u8,
    hidden: bool,
    since: Millis,
    wait: u32,
}

impl PollSchedule {
    /// Begins with a wait of one interval.
    pub fn new(interval: u32, now: Millis, hidden: bool) -> Self {
        Self { interval, misses: 0, hidden, since: now, wait: interval }
    }

    /// When to look next.
    pub fn due(&self) -> Millis {
        let factor = if self.hidden { HIDDEN } else { 1 };
        self.since + u64::from(self.wait) * u64::from(factor)
    }

    /// The org answered: still nothing.
    pub fn answered(&mut self, now: Millis) {
        (self.misses, self.since, self.wait) = (0, now, self.interval);
    }

    /// No answer came; returns whether it is worth another look.
    pub fn missed(&mut self, now: Millis) -> bool {
        if self.misses == MISSES {
            return false;
        }
        (self.since, self.wait) = (now, 1_000 << self.misses);
        self.misses += 1;
        true
    }

    /// Looks at once: something has happened.
    pub fn hurry(&mut self, now: Millis) {
        (self.since, self.wait) = (now, 0);
    }

    /// The page came into sight, or went out of it.
    pub fn seen(&mut self, visible: bool, now: Millis) {
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
    fn looks_at_intervals_and_backs_off() {
        let mut poll = PollSchedule::new(CHALLENGE, 1_000, false);
        assert_eq!(poll.due(), 5_000);
        let mut now = 5_000;
        for wait in [1_000, 2_000, 4_000, 8_000, 16_000] {
            assert!(poll.missed(now));
            assert_eq!(poll.due(), now + wait);
            now = poll.due();
        }
        assert!(!poll.missed(now), "the sixth miss in a row is the last");
        poll.answered(now);
        assert_eq!(poll.due(), now + 4_000, "a good answer forgets the misses");
        assert!(poll.missed(now));
        assert_eq!(poll.due(), now + 1_000);
    }

    #[test]
    fn a_page_out_of_sight_does_not_hammer() {
        let mut poll = PollSchedule::new(CHALLENGE, 0, false);
        poll.seen(false, 1_000);
        assert_eq!(poll.due(), 20_000);
        poll.seen(true, 2_000);
        assert_eq!(poll.due(), 2_500, "back in sight: soon, but not at once");
        poll.seen(true, 2_100);
        assert_eq!(poll.due(), 2_500, "seen all along: nothing changes");
        poll.hurry(2_200);
        assert_eq!(poll.due(), 2_200);
        poll.seen(false, 2_300);
        poll.seen(true, 60_000);
        assert_eq!(poll.due(), 60_500, "not even where it is long due");
    }
}
